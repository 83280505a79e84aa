package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// What the colleagues write.
const (
	directQuestion  = "Wie lang werden meine Unterhaltungen mit KIM aufgehoben?"
	channelQuestion = "dürfen wir ein vorstellungsgespräch mitschneiden?"
	openQuestion    = "Gibt es den Grundkurs auch auf Ukrainisch?"
	handOverWord    = "Sprechstunde"
	yes             = "ja"
	hostAnswer      = "Noch nicht. Ab dem Frühjahr bieten wir den Grundkurs auch auf Ukrainisch an; bis dahin hilft Ihnen die Sprechstunde mit Dolmetschen."
	settled         = "geklärt"
)

// stepTime bounds each wait for a reply; the slowest answer takes a second.
const stepTime = 60 * time.Second

// Scene is one thread of the demo, read afresh in the end.
type Scene struct {
	Title  string
	Reader string // who reads it
	Thread []colleague.Message
}

// play has the colleagues ask, one scene after the other, telling told of each
// as soon as it has ended.
func play(ctx context.Context, s State, told func(Scene)) error {
	for _, scene := range []func(context.Context, State) ([]Scene, error){askDirectly, askInChannel, handOver} {
		scenes, err := scene(ctx, s)
		if err != nil {
			return err
		}
		for _, one := range scenes {
			told(one)
		}
	}
	return nil
}

func askDirectly(ctx context.Context, s State) ([]Scene, error) {
	me, err := s.login(ctx, robin)
	if err != nil {
		return nil, err
	}
	channel, err := me.Direct(ctx, s.Bot)
	if err != nil {
		return nil, err
	}
	question, err := ask(ctx, me, s, channel, "", directQuestion)
	if err != nil {
		return nil, err
	}
	scene, err := s.read(ctx, robin, "Direktnachricht", question.ID)
	if err != nil {
		return nil, err
	}
	return []Scene{scene}, checkAnswer(scene, s.Bot)
}

func askInChannel(ctx context.Context, s State) ([]Scene, error) {
	me, err := s.login(ctx, toni)
	if err != nil {
		return nil, err
	}
	channel, err := me.Channel(ctx, s.Team, s.Channel)
	if err != nil {
		return nil, err
	}
	question, err := ask(ctx, me, s, channel, "", "@"+s.Bot+" "+channelQuestion)
	if err != nil {
		return nil, err
	}
	scene, err := s.read(ctx, jona, "Kanal KI-Fragen", question.ID)
	if err != nil {
		return nil, err
	}
	return []Scene{scene}, checkAnswer(scene, s.Bot)
}

// handOver plays a question that the documents do not settle: over to the
// people, and their answer back.
func handOver(ctx context.Context, s State) ([]Scene, error) {
	asker, err := s.login(ctx, toni)
	if err != nil {
		return nil, err
	}
	host, err := s.login(ctx, mika)
	if err != nil {
		return nil, err
	}
	direct, err := asker.Direct(ctx, s.Bot)
	if err != nil {
		return nil, err
	}
	hosts, err := host.Channel(ctx, s.Team, hostsChannel)
	if err != nil {
		return nil, err
	}
	question, err := ask(ctx, asker, s, direct, "", openQuestion)
	if err != nil {
		return nil, err
	}
	preview, err := ask(ctx, asker, s, direct, question.ID, handOverWord)
	if err != nil {
		return nil, err
	}
	before, err := host.Newest(ctx, hosts)
	if err != nil {
		return nil, err
	}
	if _, err := ask(ctx, asker, s, direct, preview.ThreadID(), yes); err != nil {
		return nil, err
	}
	card, err := next(ctx, host, hosts, before, s.Bot)
	if err != nil {
		return nil, err
	}
	lastSeen, err := asker.Newest(ctx, direct)
	if err != nil {
		return nil, err
	}
	if _, err := host.Write(ctx, hosts, card.ID, "!antwort "+hostAnswer); err != nil {
		return nil, err
	}
	answer, err := next(ctx, asker, direct, lastSeen, s.Bot)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(answer.Text, hostAnswer) {
		return nil, fmt.Errorf("the asker did not get the host's answer but: %s", answer.Text)
	}
	if _, err := ask(ctx, asker, s, direct, answer.ThreadID(), settled); err != nil {
		return nil, err
	}
	return s.handOverScenes(ctx, question.ID, preview.ThreadID(), answer.ThreadID(), card.ID)
}

func (s State) handOverScenes(ctx context.Context, question, preview, answer, card string) ([]Scene, error) {
	var scenes []Scene
	seen := map[string]bool{}
	for _, t := range []struct{ reader, title, root string }{
		{toni, "Direktnachricht: was die Dokumente nicht klären", question},
		{toni, "Direktnachricht: die Übergabe", preview},
		{toni, "Direktnachricht: die Antwort eines Menschen", answer},
		{mika, "Kanal der Gastgebenden: die Karte", card},
	} {
		if seen[t.root] {
			continue
		}
		seen[t.root] = true
		scene, err := s.read(ctx, t.reader, t.title, t.root)
		if err != nil {
			return nil, err
		}
		scenes = append(scenes, scene)
	}
	return scenes, checkCard(scenes[len(scenes)-1])
}

// ask writes a message and waits until the bot has said something new in the
// channel.
func ask(ctx context.Context, me *colleague.Colleague, s State, channel, root, text string) (colleague.Message, error) {
	mine, err := me.Write(ctx, channel, root, text)
	if err != nil {
		return colleague.Message{}, err
	}
	reply, err := next(ctx, me, channel, mine.ID, s.Bot)
	if err != nil {
		return colleague.Message{}, err
	}
	if root == "" {
		return mine, nil
	}
	return reply, nil
}

func next(ctx context.Context, me *colleague.Colleague, channel, after, author string) (colleague.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, stepTime)
	defer cancel()
	return me.Next(ctx, channel, after, author)
}

func (s State) login(ctx context.Context, name string) (*colleague.Colleague, error) {
	p, err := s.Person(name)
	if err != nil {
		return nil, err
	}
	return colleague.Login(ctx, s.URL, p.Name, p.Password)
}

// read reads a thread in a new session of the reader.
func (s State) read(ctx context.Context, reader, title, root string) (Scene, error) {
	me, err := s.login(ctx, reader)
	if err != nil {
		return Scene{}, err
	}
	thread, err := me.Thread(ctx, root)
	return Scene{Title: title, Reader: reader, Thread: thread}, err
}
