package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/localpart"
)

func (c *cli) newMattermost() *cobra.Command {
	return group("mattermost", "Set up the bot's account, command and channels on a Mattermost server",
		"  sprechstunde mattermost setup --admin-token admin.token --dry-run", c.newMattermostSetup())
}

// Files of secrets that setup writes; compose.yaml reads them.
const (
	botTokenFile      = "bot_token"
	commandTokensFile = "command_tokens"
)

// setupFlags say what the configuration does not.
type setupFlags struct {
	admin    string
	bot      string
	command  string
	secrets  string
	channels []string
	dryRun   bool
	asJSON   bool
}

// setupReport is what setup prints. Secrets stand in files alone.
type setupReport struct {
	Server string            `json:"server"`
	DryRun bool              `json:"dry_run"`
	Bot    string            `json:"bot"`
	BotID  string            `json:"bot_id"`
	Steps  []mattermost.Step `json:"steps"`
	Files  []string          `json:"files"` // written
}

func (c *cli) newMattermostSetup() *cobra.Command {
	var f setupFlags
	cmd := &cobra.Command{
		Use:   "setup",
		Short: "Make what the bot needs on the server, and say what was done",
		Long: `Make what the bot needs on the server of mattermost.url: its account and access
token, its membership of mattermost.teams, of hosts.channel (private, made if
missing), of the channels of sources and of --channel, the slash command in each
team, and the settings of the server without which none of this works. What is
there stays as it is, so it may be run again at any time.

It acts with the token of a system administrator, which is read from a file (- for
the standard input) and kept nowhere. The bot's token and the tokens of the command
are written into the folder --secrets, for nobody else to read; set
mattermost.token and mattermost.command_tokens to what stands there, as with
SPRECHSTUNDE_MATTERMOST_TOKEN_FILE. Exit code 1 when a step failed.`,
		Example: "  sprechstunde mattermost setup --admin-token admin.token --dry-run\n  sprechstunde mattermost setup --admin-token - --secrets secrets --channel haus/personal --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withSite(func(site *neighbours.Site) error { return c.setup(cmd, site, f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.admin, "admin-token", "", "file with the access token of a system administrator; - is the standard input")
	flags.StringVar(&f.bot, "bot", "sprechstunde", "user name of the bot")
	flags.StringVar(&f.command, "command", "ki", "word of the slash command")
	flags.StringVar(&f.secrets, "secrets", "secrets", "folder for bot_token and command_tokens")
	flags.StringArrayVar(&f.channels, "channel", nil, "team/channel that the bot should be a member of; may be repeated")
	flags.BoolVar(&f.dryRun, "dry-run", false, "only say what would be done")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	return cmd
}

func (c *cli) setup(cmd *cobra.Command, site *neighbours.Site, f setupFlags) error {
	wanted, err := c.wantedOf(site, f)
	if err != nil {
		return err
	}
	ready, err := wanted.Run(cmd.Context())
	if err != nil {
		return fmt.Errorf("mattermost.url %s: %w", wanted.URL, err)
	}
	report := setupReport{Server: wanted.URL, DryRun: f.dryRun, Bot: f.bot, BotID: ready.BotID, Steps: ready.Steps, Files: []string{}}
	if !f.dryRun {
		if report.Files, err = keepSecrets(f.secrets, ready); err != nil {
			return err
		}
	}
	if err := c.showSetup(report, f.asJSON); err != nil {
		return err
	}
	if !ready.OK() {
		return &silentError{exitFailed}
	}
	return nil
}

// wantedOf is what the configuration and the flags say.
func (c *cli) wantedOf(site *neighbours.Site, f setupFlags) (mattermost.Setup, error) {
	wanted, err := site.Setup()
	switch {
	case err != nil:
		return wanted, err
	case wanted.URL == "" || len(wanted.Teams) == 0:
		return wanted, usage("mattermost.url and mattermost.teams are needed: which server, and the teams whose members are staff")
	case f.admin == "":
		return wanted, usage("--admin-token FILE is needed: the access token of a system administrator")
	}
	for _, name := range f.channels {
		if strings.Count(name, "/") != 1 {
			return wanted, usage("--channel %s: write team/channel, with the names from the channel's address", name)
		}
	}
	if wanted.AdminToken, err = c.secretOf(f.admin); err != nil {
		return wanted, &codedError{exitUsage, fmt.Errorf("--admin-token: %w", err)}
	}
	if wanted.BotToken == "" {
		if known, err := os.ReadFile(filepath.Join(f.secrets, botTokenFile)); err == nil {
			wanted.BotToken = strings.TrimSpace(string(known))
		}
	}
	wanted.Bot, wanted.Trigger, wanted.DryRun = strings.ToLower(strings.TrimPrefix(f.bot, "@")), strings.TrimPrefix(f.command, "/"), f.dryRun
	wanted.Channels = append(wanted.Channels, f.channels...)
	return wanted, nil
}

// secretOf reads a secret from a file or the standard input.
func (c *cli) secretOf(file string) (string, error) {
	const longest = 4 << 10
	from := c.stdin
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return "", err
		}
		defer opened.Close()
		from = opened
	}
	content, err := io.ReadAll(io.LimitReader(from, longest))
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(content))
	if secret == "" || strings.ContainsAny(secret, " \t\r\n") {
		return "", fmt.Errorf("%s does not hold one token", file)
	}
	return secret, nil
}

// keepSecrets writes new tokens for nobody else to read.
func keepSecrets(dir string, ready mattermost.Ready) ([]string, error) {
	written := []string{}
	for _, s := range []struct{ name, secret string }{{botTokenFile, ready.BotToken}, {commandTokensFile, strings.Join(ready.CommandTokens, "\n")}} {
		file := filepath.Join(dir, s.name)
		if known, err := os.ReadFile(file); s.secret == "" || err == nil && strings.TrimSpace(string(known)) == s.secret {
			continue
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return written, fmt.Errorf("--secrets: %w", err)
		}
		if err := localpart.WriteFile(file, []byte(s.secret+"\n"), 0o600); err != nil {
			return written, fmt.Errorf("--secrets: %w", err)
		}
		written = append(written, file)
	}
	return written, nil
}

func (c *cli) showSetup(report setupReport, asJSON bool) error {
	if asJSON {
		return encode(c.stdout, report)
	}
	would := ""
	if report.DryRun {
		would = "would be "
	}
	for _, s := range report.Steps {
		did := string(s.Did)
		if s.Did == mattermost.Made || s.Did == mattermost.Changed {
			did = would + did
		}
		fmt.Fprintf(c.stdout, "%-16s %s %s\n", did, s.What, s.Name)
		if s.Says != "" {
			fmt.Fprintf(c.stdout, "                 → %s\n", s.Says)
		}
	}
	for _, file := range report.Files {
		fmt.Fprintf(c.stdout, "%-16s %s\n", "written", file)
	}
	return nil
}
