package main

import (
	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/config"
)

// modelFlag gives a command the flag --model: which model words its answers, in
// place of the one that the configuration names.
func (c *cli) modelFlag(cmd *cobra.Command) {
	var model string
	cmd.Flags().StringVar(&model, "model", "", `"local": word answers by the embedded model, for trying (fetched once, 1.1 GB; needs 2 GB of memory and patience)`)
	cmd.PreRunE = func(*cobra.Command, []string) error {
		switch model {
		case "":
		case config.ModelLocal:
			c.sets = append(c.sets, "model.url="+config.ModelLocal)
		default:
			return usage("--model: %q is not known; write --model %s, or name an endpoint by --set model.url=… --set model.name=…", model, config.ModelLocal)
		}
		return nil
	}
}
