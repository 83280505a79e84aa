package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// approvedBy is who has approved what is exported.
const approvedBy = "Kreis der Gastgeber:innen"

// exportForm is the JSON form of approved export; its fields are a contract.
type exportForm struct {
	Written []string `json:"written"`
	Kept    []string `json:"kept"` // files that were there
}

func (c *cli) newApprovedExport() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "export DIR", Short: "Write the answers that hosts have made as files",
		Long: `Write the answers that hosts have made of what they answered to tickets, and that
another host has approved, as .yaml files into a folder, so that the house can keep
them. A file that is there stays as it is: move it away first. Named as the folder of
the key approved, they serve from there. Exit code 3 when there are none.`,
		Example: "  sprechstunde approved export /srv/sprechstunde/approved",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApproved(cmd, func(_ *neighbours.Set, all []approved.Standing, broken error) error {
				c.complain(broken)
				form, err := exported(args[0], all)
				if err != nil {
					return err
				}
				return c.showExported(form, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func exported(dir string, all []approved.Standing) (exportForm, error) {
	form := exportForm{Written: []string{}, Kept: []string{}}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return form, fmt.Errorf("approved export: %w", err)
	}
	for _, a := range all {
		if !a.FromTicket || a.State != approved.Approved && a.State != approved.Review {
			continue
		}
		raw, err := approved.Export(a.Answer, approvedBy)
		if err != nil {
			return form, err
		}
		file, err := os.OpenFile(filepath.Join(dir, a.Name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			form.Kept = append(form.Kept, a.Name)
			continue
		}
		if err != nil {
			return form, fmt.Errorf("approved export: %w", err)
		}
		_, err = file.Write(raw)
		if err := errors.Join(err, file.Close()); err != nil {
			return form, fmt.Errorf("approved export: %w", err)
		}
		form.Written = append(form.Written, a.Name)
	}
	return form, nil
}

func (c *cli) showExported(form exportForm, asJSON bool) error {
	if asJSON {
		if err := encode(c.stdout, form); err != nil {
			return err
		}
	} else {
		for _, name := range form.Written {
			fmt.Fprintln(c.stdout, name)
		}
		for _, name := range form.Kept {
			fmt.Fprintln(c.stderr, "there already, not written: "+name)
		}
	}
	if len(form.Written)+len(form.Kept) == 0 {
		return &silentError{exitNothing}
	}
	return nil
}
