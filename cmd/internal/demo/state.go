package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// State is what a terminal client must know of a running demo.
type State struct {
	URL      string   `json:"url"`
	Team     string   `json:"team"`
	Bot      string   `json:"bot"` // user name
	Channel  string   `json:"channel"`
	People   []Person `json:"people"`
	ServerID int      `json:"pid"` // of the process that runs the demo
}

// Person is one account of the demo.
type Person struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Role     string `json:"role"`
}

// ErrNoDemo says that no demo runs on this data folder.
var ErrNoDemo = errors.New("no demo is running here; start one with: make demo")

const stateFile = "demo.json"

// save writes the state so that only its owner may read the passwords.
func (s State) save(dir string) error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("save demo state: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, stateFile), data, 0o600); err != nil {
		return fmt.Errorf("save demo state: %w", err)
	}
	return nil
}

// LoadState reads the state of the demo that runs on the data folder.
func LoadState(dir string) (State, error) {
	data, err := os.ReadFile(filepath.Join(dir, stateFile))
	if errors.Is(err, os.ErrNotExist) {
		return State{}, ErrNoDemo
	}
	if err != nil {
		return State{}, fmt.Errorf("load demo state: %w", err)
	}
	var s State
	if err := json.Unmarshal(data, &s); err != nil {
		return State{}, fmt.Errorf("load demo state: %w", err)
	}
	return s, nil
}

// Person returns the account with the given name.
func (s State) Person(name string) (Person, error) {
	for _, p := range s.People {
		if p.Name == name {
			return p, nil
		}
	}
	return Person{}, fmt.Errorf("the demo has no user %q", name)
}
