package main

import (
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
)

func (c *cli) newConfig() *cobra.Command {
	var asJSON bool
	show := &cobra.Command{
		Use:     "print",
		Short:   "Print the effective configuration; secrets are redacted",
		Example: "  sprechstunde config print\n  SPRECHSTUNDE_LOG_LEVEL=debug sprechstunde config print --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			conf, err := c.load()
			if err != nil {
				return err
			}
			out, err := conf.YAML()
			if asJSON && err == nil {
				out, err = yaml.YAMLToJSON(out)
			}
			if err != nil {
				return err
			}
			_, err = c.stdout.Write(out)
			return err
		},
	}
	show.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	check := &cobra.Command{
		Use:     "check",
		Short:   "Read and validate the configuration, start nothing",
		Example: "  sprechstunde config check --config house/sprechstunde.yaml",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if _, err := c.load(); err != nil {
				return err
			}
			fmt.Fprintln(c.stdout, "the configuration is valid")
			return nil
		},
	}
	return group("config", "Show or check the configuration", "  sprechstunde config print", show, check)
}
