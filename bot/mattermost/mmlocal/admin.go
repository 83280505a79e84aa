package mmlocal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/retrieval/localpart"
)

const adminName = "verwaltung"

// Admin is the server's administrator, logged in. What its methods make, they find
// again when it exists already.
type Admin struct {
	*model.Client4
	server *Server
}

// Account is a person to make.
type Account struct {
	Name     string // to log in with
	Password string
	First    string
	Last     string
	Position string // function in the house
}

// Admin logs the administrator in. On a server without people it makes the account
// first: the first user of a server administers it.
func (s *Server) Admin(ctx context.Context) (*Admin, error) {
	password, err := s.secret("administrator", rand.Text)
	if err != nil {
		return nil, fmt.Errorf("administrator: %w", err)
	}
	client := model.NewAPIv4Client(s.URL())
	_, resp, err := client.Login(ctx, adminName, password)
	if statusOf(resp) == http.StatusUnauthorized {
		first := &model.User{Username: adminName, Password: password, Email: address(adminName), FirstName: "Verwaltung"}
		if _, _, err := client.CreateUser(ctx, first); err != nil {
			return nil, fmt.Errorf("administrator: %w; was the database filled by another server?", err)
		}
		_, _, err = client.Login(ctx, adminName, password)
	}
	if err != nil {
		return nil, fmt.Errorf("administrator: %w", err)
	}
	return &Admin{Client4: client, server: s}, nil
}

// Login returns a client that speaks for a person.
func (s *Server) Login(ctx context.Context, account, password string) (*model.Client4, error) {
	client := model.NewAPIv4Client(s.URL())
	if _, _, err := client.Login(ctx, account, password); err != nil {
		return nil, fmt.Errorf("log in %s: %w", account, err)
	}
	return client, nil
}

// EnsureTeam makes a team that people join by being added.
func (a *Admin) EnsureTeam(ctx context.Context, name, title string) (*model.Team, error) {
	team, resp, err := a.GetTeamByName(ctx, name, "")
	if statusOf(resp) == http.StatusNotFound {
		team, _, err = a.CreateTeam(ctx, &model.Team{Name: name, DisplayName: title, Type: model.TeamInvite})
	}
	if err != nil {
		return nil, fmt.Errorf("team %s: %w", name, err)
	}
	return team, nil
}

// EnsureUser makes a person's account.
func (a *Admin) EnsureUser(ctx context.Context, p Account) (*model.User, error) {
	user, resp, err := a.GetUserByUsername(ctx, p.Name, "")
	if statusOf(resp) == http.StatusNotFound {
		user, _, err = a.CreateUser(ctx, &model.User{
			Username: p.Name, Password: p.Password, Email: address(p.Name),
			FirstName: p.First, LastName: p.Last, Position: p.Position, Locale: "de",
		})
	}
	if err != nil {
		return nil, fmt.Errorf("user %s: %w", p.Name, err)
	}
	return user, nil
}

// EnsureBot makes a bot account and returns a token that speaks for it. The token
// is kept beside the server's data, because the server shows it only once.
func (a *Admin) EnsureBot(ctx context.Context, name, title, about string) (bot *model.User, token string, err error) {
	bot, resp, err := a.GetUserByUsername(ctx, name, "")
	if statusOf(resp) == http.StatusNotFound {
		var made *model.Bot
		made, _, err = a.CreateBot(ctx, &model.Bot{Username: name, DisplayName: title, Description: about})
		if err == nil {
			bot, _, err = a.GetUser(ctx, made.UserId, "")
		}
	}
	if err != nil {
		return nil, "", fmt.Errorf("bot %s: %w", name, err)
	}
	token, err = a.botToken(ctx, bot)
	if err != nil {
		return nil, "", fmt.Errorf("token of bot %s: %w", name, err)
	}
	return bot, token, nil
}

// EnsureChannel makes a channel of the team, private or open to it.
func (a *Admin) EnsureChannel(ctx context.Context, teamID, name, title string, private bool) (*model.Channel, error) {
	kind := model.ChannelTypeOpen
	if private {
		kind = model.ChannelTypePrivate
	}
	channel, resp, err := a.GetChannelByName(ctx, name, teamID, "")
	if statusOf(resp) == http.StatusNotFound {
		channel, _, err = a.CreateChannel(ctx, &model.Channel{TeamId: teamID, Name: name, DisplayName: title, Type: kind})
	}
	if err != nil {
		return nil, fmt.Errorf("channel %s: %w", name, err)
	}
	return channel, nil
}

// EnsureCommand makes a slash command that the server asks an address about, and returns
// the token that it shows there.
func (a *Admin) EnsureCommand(ctx context.Context, teamID, trigger, url string) (token string, err error) {
	all, _, err := a.ListCommands(ctx, teamID, true)
	if err != nil {
		return "", fmt.Errorf("command /%s: %w", trigger, err)
	}
	wanted := &model.Command{TeamId: teamID, Trigger: trigger, Method: model.CommandMethodPost, URL: url}
	for _, c := range all {
		if c.Trigger == trigger {
			wanted = c
			wanted.URL = url
			wanted, _, err = a.UpdateCommand(ctx, wanted)
			break
		}
	}
	if err == nil && wanted.Id == "" {
		wanted, _, err = a.CreateCommand(ctx, wanted)
	}
	if err != nil {
		return "", fmt.Errorf("command /%s: %w", trigger, err)
	}
	return wanted.Token, nil
}

// Join makes users members of the team and of its channels.
func (a *Admin) Join(ctx context.Context, teamID string, channelIDs []string, userIDs ...string) error {
	for _, user := range userIDs {
		if _, _, err := a.AddTeamMember(ctx, teamID, user); err != nil {
			return fmt.Errorf("user %s into team %s: %w", user, teamID, err)
		}
		for _, channel := range channelIDs {
			if _, _, err := a.AddChannelMember(ctx, channel, user); err != nil {
				return fmt.Errorf("user %s into channel %s: %w", user, channel, err)
			}
		}
	}
	return nil
}

func (a *Admin) botToken(ctx context.Context, bot *model.User) (string, error) {
	file := "bot-" + bot.Username
	token, err := a.server.secret(file, func() string { return "" })
	if err != nil {
		return "", err
	}
	client := model.NewAPIv4Client(a.URL)
	client.SetToken(token)
	if me, _, err := client.GetMe(ctx, ""); token != "" && err == nil && me.Id == bot.Id {
		return token, nil
	}
	made, _, err := a.CreateUserAccessToken(ctx, bot.Id, "sprechstunde", 0)
	if err != nil {
		return "", err
	}
	return made.Token, localpart.WriteFile(a.server.secretPath(file), []byte(made.Token), 0o600)
}

// secret reads a secret of this server, or makes it when there is none.
func (s *Server) secret(file string, make func() string) (string, error) {
	content, err := os.ReadFile(s.secretPath(file))
	if err == nil {
		return strings.TrimSpace(string(content)), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	secret := make()
	if secret == "" {
		return "", nil
	}
	return secret, localpart.WriteFile(s.secretPath(file), []byte(secret), 0o600)
}

func (s *Server) secretPath(file string) string { return filepath.Join(s.dir, file+".secret") }

func statusOf(resp *model.Response) int {
	if resp == nil {
		return 0
	}
	return resp.StatusCode
}

// address is one that no mail ever reaches.
func address(account string) string { return account + "@musterland.invalid" }
