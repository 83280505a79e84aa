package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
	"github.com/goccy/go-yaml"
)

// Prefix begins the name of every variable that is read.
const Prefix = "SPRECHSTUNDE_"

const (
	fileVariable = Prefix + "CONFIG"
	fileSuffix   = "_FILE"
)

// Origin says where Load takes the configuration from.
type Origin struct {
	File    string   // path; empty: SPRECHSTUNDE_CONFIG, else ./sprechstunde.yaml where it exists
	Environ []string // as os.Environ gives it
	Sets    []string // "section.key=value" of the --set flags
}

// Load reads and validates the configuration. Relative paths in the file are
// taken from the file's folder.
func Load(o Origin) (Config, error) {
	c := Defaults()
	variables, err := readVariables(o.Environ)
	if err != nil {
		return c, err
	}
	file, must := o.File, true
	if file == "" {
		file = variables[fileVariable]
	}
	if file == "" {
		file, must = "sprechstunde.yaml", false
	}
	delete(variables, fileVariable)
	if err := readFile(&c, file, must); err != nil {
		return c, err
	}
	if err := addSets(variables, o.Sets); err != nil {
		return c, err
	}
	if err := apply(&c, variables); err != nil {
		return c, err
	}
	if c.Model.URL == ModelLocal && c.Model.Timeout == Defaults().Model.Timeout {
		c.Model.Timeout = localTimeout
	}
	if err := c.Validate(); err != nil {
		return c, fmt.Errorf("configuration: %w", err)
	}
	return c, nil
}

func readFile(c *Config, path string, must bool) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && !must {
		return nil
	}
	if err != nil {
		return fmt.Errorf("configuration file: %w", err)
	}
	err = yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(c)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("configuration file %s: %w", path, err)
	}
	base := filepath.Dir(path)
	for _, p := range []*string{&c.Data, &c.Formats, &c.Texts, &c.Synonyms, &c.Approved, &c.Sufficiency, &c.HTTP.CA} {
		*p = below(base, *p)
	}
	for i := range c.Sources {
		if err := c.Sources[i].complete(base); err != nil {
			return fmt.Errorf("configuration file %s: %w", path, err)
		}
	}
	return nil
}

func below(base, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(base, path)
}

// readVariables picks our variables and replaces NAME_FILE by the content of
// the file, so that secrets need not stand in an environment.
func readVariables(environ []string) (map[string]string, error) {
	variables := map[string]string{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, Prefix) {
			continue
		}
		if target, ok := strings.CutSuffix(name, fileSuffix); ok {
			data, err := os.ReadFile(value)
			if err != nil {
				return nil, fmt.Errorf("configuration: %s: %w", name, err)
			}
			name, value = target, strings.TrimRight(string(data), "\r\n")
		}
		variables[name] = value
	}
	return variables, nil
}

func addSets(variables map[string]string, sets []string) error {
	for _, set := range sets {
		key, value, ok := strings.Cut(set, "=")
		if !ok || key == "" {
			return fmt.Errorf("configuration: --set %q: must be section.key=value", set)
		}
		variables[variable(key)] = value
	}
	return nil
}

// variable returns the name of the variable for a key of the file.
func variable(key string) string {
	return Prefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func apply(c *Config, variables map[string]string) error {
	options := env.Options{Prefix: Prefix, Environment: variables}
	known, err := env.GetFieldParamsWithOptions(c, options)
	if err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	var unknown []string
	for name := range variables {
		if !slices.ContainsFunc(known, func(p env.FieldParams) bool { return p.Key == name }) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return fmt.Errorf("configuration: unknown key %s; `sprechstunde config print` lists all keys", strings.Join(unknown, ", "))
	}
	if err := env.ParseWithOptions(c, options); err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	return nil
}

// YAML renders the effective configuration with secrets redacted.
func (c Config) YAML() ([]byte, error) {
	out, err := yaml.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("print configuration: %w", err)
	}
	return out, nil
}
