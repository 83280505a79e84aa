package mattermost

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// Setup is what a server should have for the bot. Run makes what is missing and
// leaves alone what is there, so that it may be run again at any time.
type Setup struct {
	URL        string
	AdminToken string // of an administrator of the whole system
	Bot        string // user name
	BotToken   string // one that is known; empty, or not the bot's: a new one is made
	Teams      []string
	Hosts      string   // "team/channel", private, made if missing; empty: none
	Channels   []string // "team/channel" that the bot should be a member of
	Callback   string   // where the server reaches the bot; empty: no buttons and no command
	Command    string   // where it reaches Commands; empty: none
	Trigger    string   // word of the command, without the slash
	DryRun     bool     // only say what would be done

	Roots *x509.CertPool
	Proxy func(*http.Request) (*url.URL, error)
}

// Did says what became of a step.
type Did string

// What becomes of a step.
const (
	Kept    Did = "kept" // it was there
	Made    Did = "made"
	Changed Did = "changed"
	Failed  Did = "failed"
)

// Step is one thing that the server should have.
type Step struct {
	What string `json:"what"` // administrator, setting, bot, token, team, channel, command
	Name string `json:"name"`
	Did  Did    `json:"did"`            // in a dry run: what would be done
	Says string `json:"says,omitempty"` // why it failed and what to do, or what else is worth a word
}

// Ready is how a server stands after Run.
type Ready struct {
	BotID         string // empty: not made in a dry run
	BotToken      string // a new one; empty: the known one holds
	CommandTokens []string
	Steps         []Step
}

// OK reports whether no step failed.
func (r Ready) OK() bool {
	return !slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Did == Failed })
}

const (
	setupWithin = 30 * time.Second // one request
	botTitle    = "KI-Sprechstunde"
	botAbout    = "Antwortet aus den Dokumenten des Hauses und bringt Fragen zu Menschen."
	commandMark = "sprechstunde" // tells the bot's own command from another with the same word
	commandHint = "[frage|sprechstunde|themen|termine|meine|meine daten|vergiss mich|leancoffee|kanal|hilfe|datenschutz]"
)

// setup is one run.
type setup struct {
	Setup
	api   *model.Client4
	ready Ready
}

// Run makes what is missing. What fails is a step that says so; an error means that
// nothing could be begun.
func (s Setup) Run(ctx context.Context) (Ready, error) {
	r := &setup{Setup: s, api: s.client(s.AdminToken)}
	me, resp, err := r.api.GetMe(ctx, "")
	switch {
	case resp != nil && resp.StatusCode == http.StatusUnauthorized:
		return Ready{}, errors.New("the server refuses the administrator's token; make one in the profile of a system administrator (Security, Personal Access Tokens)")
	case err != nil:
		return Ready{}, fmt.Errorf("ask the server: %w", err)
	case !me.IsSystemAdmin():
		return Ready{}, fmt.Errorf("the token is of @%s, who is no system administrator", me.Username)
	}
	r.did("administrator", "@"+me.Username, Kept, "")
	r.settings(ctx)
	if r.bot(ctx) {
		r.token(ctx)
		r.places(ctx)
	}
	r.commands(ctx)
	return r.ready, nil
}

func (s Setup) client(token string) *model.Client4 {
	transport := &http.Transport{Proxy: s.Proxy, DisableKeepAlives: true} // a few requests, once
	if s.Proxy == nil {
		transport.Proxy = http.ProxyFromEnvironment
	}
	if s.Roots != nil {
		transport.TLSClientConfig = &tls.Config{RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	}
	api := model.NewAPIv4Client(strings.TrimRight(s.URL, "/"))
	api.SetToken(token)
	api.HTTPClient = &http.Client{Timeout: setupWithin, Transport: transport}
	return api
}

func (r *setup) did(what, name string, did Did, says string) {
	r.ready.Steps = append(r.ready.Steps, Step{What: what, Name: name, Did: did, Says: says})
}

// makes runs a change, unless this is a dry run, and notes what became of it.
func (r *setup) makes(what, name string, did Did, change func() error) bool {
	if !r.DryRun {
		if err := change(); err != nil {
			r.did(what, name, Failed, err.Error())
			return false
		}
	}
	r.did(what, name, did, "")
	return true
}

// settings are those of the server without which a bot cannot be made or called.
func (r *setup) settings(ctx context.Context) {
	config, _, err := r.api.GetConfig(ctx)
	if err != nil {
		r.did("setting", "all", Failed, err.Error())
		return
	}
	now := config.ServiceSettings
	r.setting(ctx, "EnableBotAccountCreation", on(now.EnableBotAccountCreation), model.ServiceSettings{EnableBotAccountCreation: model.NewPointer(true)})
	r.setting(ctx, "EnableUserAccessTokens", on(now.EnableUserAccessTokens), model.ServiceSettings{EnableUserAccessTokens: model.NewPointer(true)})
	if r.Command != "" {
		r.setting(ctx, "EnableCommands", on(now.EnableCommands), model.ServiceSettings{EnableCommands: model.NewPointer(true)})
	}
	if host := insideHost(r.Callback); host != "" {
		allowed := ""
		if now.AllowedUntrustedInternalConnections != nil {
			allowed = *now.AllowedUntrustedInternalConnections
		}
		more := strings.TrimSpace(allowed + " " + host)
		r.setting(ctx, "AllowedUntrustedInternalConnections", admits(allowed, host), model.ServiceSettings{AllowedUntrustedInternalConnections: &more})
	}
}

func on(setting *bool) bool { return setting != nil && *setting }

func (r *setup) setting(ctx context.Context, name string, kept bool, wanted model.ServiceSettings) {
	if kept {
		r.did("setting", name, Kept, "")
		return
	}
	r.makes("setting", name, Changed, func() error {
		_, _, err := r.api.PatchConfig(ctx, &model.Config{ServiceSettings: wanted})
		return err
	})
}

// insideHost is the host of an address that the server calls only if it is told to:
// one of the own network.
func insideHost(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	if ip != nil && !ip.IsPrivate() && !ip.IsLoopback() && !ip.IsLinkLocalUnicast() {
		return ""
	}
	return host
}

// admits reports whether a list of hosts and networks has this host.
func admits(list, host string) bool {
	ip := net.ParseIP(host)
	return slices.ContainsFunc(strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == ',' }), func(entry string) bool {
		_, network, err := net.ParseCIDR(entry)
		return entry == host || err == nil && ip != nil && network.Contains(ip)
	})
}

// bot makes the account, or wakes it; false: there is none to go on with.
func (r *setup) bot(ctx context.Context) bool {
	name := "@" + r.Bot
	user, resp, err := r.api.GetUserByUsername(ctx, r.Bot, "")
	switch {
	case resp != nil && resp.StatusCode == http.StatusNotFound:
		return r.makes("bot", name, Made, func() error {
			made, _, err := r.api.CreateBot(ctx, &model.Bot{Username: r.Bot, DisplayName: botTitle, Description: botAbout})
			if err == nil {
				r.ready.BotID = made.UserId
			}
			return err
		})
	case err != nil:
		r.did("bot", name, Failed, err.Error())
		return false
	case !user.IsBot:
		r.did("bot", name, Failed, "this is a person's account; choose another name for the bot")
		return false
	}
	r.ready.BotID = user.Id
	if user.DeleteAt == 0 {
		r.did("bot", name, Kept, "")
		return true
	}
	return r.makes("bot", name, Changed, func() error {
		_, _, err := r.api.EnableBot(ctx, user.Id)
		return err
	})
}

// token keeps the known one if it is the bot's.
func (r *setup) token(ctx context.Context) {
	name := "@" + r.Bot
	if r.BotToken != "" && r.ready.BotID != "" {
		if me, _, err := r.client(r.BotToken).GetMe(ctx, ""); err == nil && me.Id == r.ready.BotID {
			r.did("token", name, Kept, "")
			return
		}
	}
	r.makes("token", name, Made, func() error {
		made, _, err := r.api.CreateUserAccessToken(ctx, r.ready.BotID, "sprechstunde", 0)
		if err == nil {
			r.ready.BotToken = made.Token
		}
		return err
	})
}

// places make the bot a member of its teams and channels.
func (r *setup) places(ctx context.Context) {
	for _, name := range r.Teams {
		team, _, err := r.api.GetTeamByName(ctx, name, "")
		if err != nil {
			r.did("team", name, Failed, "there is no such team; write the name as it stands in the team's address")
			continue
		}
		member := func() bool {
			m, _, err := r.api.GetTeamMember(ctx, team.Id, r.ready.BotID, "")
			return err == nil && m.DeleteAt == 0
		}
		r.joins("team", name, member, func() error {
			_, _, err := r.api.AddTeamMember(ctx, team.Id, r.ready.BotID)
			return err
		})
	}
	if r.Hosts != "" {
		r.channel(ctx, r.Hosts, true)
	}
	for _, name := range r.Channels {
		r.channel(ctx, name, false)
	}
}

func (r *setup) joins(what, name string, member func() bool, join func() error) {
	if r.ready.BotID != "" && member() {
		r.did(what, name, Kept, "")
		return
	}
	r.makes(what, name, Changed, join)
}

// channel makes the bot a member of a channel. That of the hosts must be private,
// and is made if there is none.
func (r *setup) channel(ctx context.Context, name string, hosts bool) {
	team, short, _ := strings.Cut(name, "/")
	channel, resp, err := r.api.GetChannelByNameForTeamName(ctx, short, team, "")
	missing := resp != nil && resp.StatusCode == http.StatusNotFound
	switch {
	case missing && hosts:
		made := r.makes("channel", name, Made, func() error {
			in, _, err := r.api.GetTeamByName(ctx, team, "")
			if err != nil {
				return err
			}
			channel, _, err = r.api.CreateChannel(ctx, &model.Channel{TeamId: in.Id, Name: short, DisplayName: "KI-Sprechstunde: Gastgeber:innen", Type: model.ChannelTypePrivate})
			return err
		})
		if !made || r.DryRun {
			return
		}
	case err != nil:
		r.did("channel", name, Failed, "there is no such channel; write team/channel, with the names from the channel's address")
		return
	case hosts && channel.Type != model.ChannelTypePrivate:
		r.did("channel", name, Failed, "the hosts' channel must be private; convert it, or choose another one as hosts.channel")
		return
	}
	member := func() bool {
		_, _, err := r.api.GetChannelMember(ctx, channel.Id, r.ready.BotID, "")
		return err == nil
	}
	r.joins("member", name, member, func() error {
		_, _, err := r.api.AddChannelMember(ctx, channel.Id, r.ready.BotID)
		return err
	})
}

// commands make the slash command in each team.
func (r *setup) commands(ctx context.Context) {
	if r.Command == "" {
		r.did("command", "/"+r.Trigger, Kept, "none is made: mattermost.callback_url is not set")
		return
	}
	for _, name := range r.Teams {
		if team, _, err := r.api.GetTeamByName(ctx, name, ""); err == nil { // else: said already
			r.command(ctx, name, team.Id)
		}
	}
}

func (r *setup) command(ctx context.Context, team, teamID string) {
	name := "/" + r.Trigger + " in " + team
	wanted := &model.Command{
		TeamId: teamID, Trigger: r.Trigger, Method: model.CommandMethodPost, URL: r.Command, DisplayName: commandMark, Description: botAbout,
		AutoComplete: true, AutoCompleteDesc: botAbout, AutoCompleteHint: commandHint,
	}
	all, _, err := r.api.ListCommands(ctx, teamID, true)
	if err != nil {
		r.did("command", name, Failed, err.Error())
		return
	}
	i := slices.IndexFunc(all, func(c *model.Command) bool { return c.Trigger == r.Trigger })
	if i < 0 {
		r.makes("command", name, Made, func() error {
			made, _, err := r.api.CreateCommand(ctx, wanted)
			if err == nil {
				r.ready.CommandTokens = append(r.ready.CommandTokens, made.Token)
			}
			return err
		})
		return
	}
	now := all[i]
	if now.DisplayName != commandMark {
		r.did("command", name, Failed, "another command has this word; remove it, or choose another word with --command")
		return
	}
	r.ready.CommandTokens = append(r.ready.CommandTokens, now.Token)
	if now.URL == wanted.URL && now.Method == wanted.Method && now.AutoCompleteHint == wanted.AutoCompleteHint && now.AutoComplete {
		r.did("command", name, Kept, "")
		return
	}
	r.makes("command", name, Changed, func() error {
		changed := *now
		changed.URL, changed.Method, changed.AutoComplete = wanted.URL, wanted.Method, true
		changed.AutoCompleteHint, changed.AutoCompleteDesc, changed.Description = wanted.AutoCompleteHint, wanted.AutoCompleteDesc, wanted.Description
		_, _, err := r.api.UpdateCommand(ctx, &changed)
		return err
	})
}
