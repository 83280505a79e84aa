package main

import (
	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/config"
)

// cli is what every command shares: the process's environment and the flags
// that stand before or after any command.
type cli struct {
	environment
	configFile string
	dataDir    string
	sets       []string
}

func newRoot(e environment) *cobra.Command {
	c := &cli{environment: e}
	root := &cobra.Command{
		Use:   "sprechstunde",
		Short: "German answers from the house's own documents in Mattermost, and a way to the people",
		Long: `sprechstunde answers the staff's questions in Mattermost out of the house's own
documents, with the passages it relies on, and takes what they do not settle to
the people of the office hour.

Exit codes: 0 ok, 1 failed, 2 usage, 3 nothing found, empty or quarantined,
4 a gate failed.`,
		Example:       "  sprechstunde ask \"Darf ich Fotos mit KI bearbeiten?\"\n  sprechstunde demo",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetIn(e.stdin)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &codedError{exitUsage, err} })
	root.CompletionOptions.DisableDefaultCmd = true
	flags := root.PersistentFlags()
	flags.StringVar(&c.configFile, "config", "", "configuration file (default: sprechstunde.yaml where it exists)")
	flags.StringVar(&c.dataDir, "data", "", "folder of the embedded PostgreSQL and embedder")
	flags.StringArrayVar(&c.sets, "set", nil, "set one key of the configuration, e.g. --set log.level=debug")
	root.AddCommand(c.commands()...)
	usageArgs(root)
	return root
}

func (c *cli) commands() []*cobra.Command {
	return []*cobra.Command{
		c.newRun(), c.newIngest(), c.newAsk(), c.newChat(), c.newDemo(), c.newDoctor(), c.newMigrate(),
		c.newExtract(), c.newEval(), c.newBench(), c.newDocuments(), c.newSources(), c.newEmbeddings(), c.newSynonyms(), c.newApproved(), c.newGaps(), c.newQuestions(), c.newPersons(), c.newConfig(), c.newMattermost(),
	}
}

// usageArgs makes a wrong number of arguments a usage error everywhere.
func usageArgs(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return &codedError{exitUsage, err}
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		usageArgs(sub)
	}
}

// group is a command that only has subcommands.
func group(use, short, example string, subs ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Example: example,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("%s has no subcommand %q", cmd.CommandPath(), args[0])
			}
			return usage("%s needs a subcommand", cmd.CommandPath())
		},
	}
	cmd.AddCommand(subs...)
	return cmd
}

func (c *cli) load() (config.Config, error) {
	conf, err := config.Load(config.Origin{File: c.configFile, Environ: c.environ, Sets: c.sets})
	if err != nil {
		return conf, &codedError{exitUsage, err}
	}
	if c.dataDir != "" {
		conf.Data = c.dataDir
	}
	return conf, nil
}
