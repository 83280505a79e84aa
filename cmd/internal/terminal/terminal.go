// Package terminal is a chat client for one conversation on a real Mattermost
// server: it shows what comes, posts what is typed, and gives buttons numbers.
package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// Client is one conversation.
type Client struct {
	Me      *colleague.Colleague
	Bot     string // user name of the bot
	Channel string // id
	Mention bool   // a channel with others: the bot must be mentioned to be asked
	In      io.Reader
	Out     io.Writer
	// Wait is how long a line waits for the reply to the one before; 0: defaultWait.
	Wait time.Duration

	thread  string // where the next line goes; empty: a new thread
	shown   map[string]bool
	buttons []pressable
}

type pressable struct {
	message string
	button  colleague.Button
}

// defaultWait is twice what the bot takes at worst with a model that fails.
const defaultWait = 60 * time.Second

// refresh is how often the conversation is read anew.
const refresh = 200 * time.Millisecond

// Run shows the conversation until the input ends or ctx is done.
func (c *Client) Run(ctx context.Context) error {
	if c.Wait == 0 {
		c.Wait = defaultWait
	}
	c.shown = map[string]bool{}
	if err := c.skipOld(ctx); err != nil {
		return err
	}
	fmt.Fprintln(c.Out, "Schreiben Sie Ihre Frage. Zahlen drücken Knöpfe, /neu beginnt einen neuen Faden, /ende beendet.")
	lines := c.lines(ctx)
	for {
		line, ok, err := c.nextLine(ctx, lines)
		if err != nil || !ok || line == "/ende" {
			return err
		}
		if err := c.say(ctx, line); err != nil {
			return err
		}
	}
}

// lines reads the input; the channel closes at its end.
func (c *Client) lines(ctx context.Context) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(c.In)
		scanner.Buffer(nil, 1<<20)
		for scanner.Scan() {
			select {
			case lines <- strings.TrimSpace(scanner.Text()):
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// nextLine waits for a line and shows meanwhile what comes.
func (c *Client) nextLine(ctx context.Context, lines <-chan string) (string, bool, error) {
	fmt.Fprint(c.Out, "> ")
	ticker := time.NewTicker(refresh)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return "", false, nil
		case line, ok := <-lines:
			return line, ok, nil
		case <-ticker.C:
			if n, err := c.show(ctx); err != nil {
				return "", false, err
			} else if n > 0 {
				fmt.Fprint(c.Out, "> ")
			}
		}
	}
}

func (c *Client) say(ctx context.Context, line string) error {
	switch number, err := strconv.Atoi(line); {
	case line == "":
		return nil
	case line == "/neu":
		c.thread = ""
		return nil
	case err == nil && number >= 1 && number <= len(c.buttons):
		pressed := c.buttons[number-1]
		if err := c.Me.Press(ctx, pressed.message, pressed.button); err != nil {
			return err
		}
		return c.awaitReply(ctx)
	}
	if c.Mention && c.thread == "" {
		line = "@" + c.Bot + " " + line
	}
	m, err := c.Me.Write(ctx, c.Channel, c.thread, line)
	if err != nil {
		return err
	}
	c.shown[m.ID] = true
	if c.thread == "" {
		c.thread = m.ID
	}
	return c.awaitReply(ctx)
}

// awaitReply shows messages until one of the bot has come or patience ends.
func (c *Client) awaitReply(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, c.Wait)
	defer cancel()
	err := colleague.Await(waiting, func(ctx context.Context) (bool, error) {
		n, err := c.show(ctx)
		return n > 0, err
	})
	if waiting.Err() != nil && ctx.Err() == nil {
		fmt.Fprintln(c.Out, "(noch keine Antwort)")
		return nil
	}
	return err
}

func (c *Client) skipOld(ctx context.Context) error {
	messages, err := c.Me.Recent(ctx, c.Channel)
	for _, m := range messages {
		c.shown[m.ID] = true
	}
	return err
}

// show prints what others wrote since the last time and returns how much.
func (c *Client) show(ctx context.Context) (int, error) {
	messages, err := c.Me.Recent(ctx, c.Channel)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, m := range messages {
		if c.shown[m.ID] {
			continue
		}
		c.shown[m.ID] = true
		if m.Author == c.Me.Name {
			continue
		}
		c.print(m)
		n++
	}
	return n, nil
}

func (c *Client) print(m colleague.Message) {
	fmt.Fprintf(c.Out, "\n%s:\n", m.Author)
	for line := range strings.Lines(m.Text) {
		fmt.Fprintf(c.Out, "  %s\n", strings.TrimRight(line, "\n"))
	}
	if len(m.Buttons) > 0 {
		c.buttons = nil
	}
	for _, b := range m.Buttons {
		c.buttons = append(c.buttons, pressable{m.ID, b})
		fmt.Fprintf(c.Out, "  [%d] %s\n", len(c.buttons), b.Label)
	}
	c.thread = m.Root
	if c.thread == "" {
		c.thread = m.ID
	}
}
