package ask

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/schedule"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// The format that was spoken of last is what a question is about that names none: first
// what the calendar knows of it, then the documents about it, and no others.

// sinceFormat are the questions of a talk that the calendar goes on from, oldest first:
// from the one on that named a format, without those in between that documents about it
// answered. Behind an answer out of other documents something else is spoken of.
func (a *Asking) sinceFormat(ctx context.Context, m chat.Message, readers retrieval.Readers) ([]string, error) {
	calendar := a.cfg.Answerer.cfg.Calendar
	if calendar == nil || len(dialogue.Words(m.Text)) > leaningWords {
		return nil, nil
	}
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return nil, err
	}
	var since, between []string // newest first; between: behind the last one that the calendar was asked
	named := false
	for p := m.Post; len(since)+len(between) < longestTalk && !named; {
		last, found := a.cfg.Ear.LastQuestion(talk, m.UserID, p, a.cfg.Self, a.Refuses)
		if !found || m.RootID == "" && m.Post.CreatedAt.Sub(last.CreatedAt) > sameTalk || a.Refuses(last.Text) {
			break
		}
		clean, _ := answer.Clean(last.Text, 0)
		switch asked := schedule.Continues(clean, calendar, a.cfg.Now()); {
		case schedule.Names(clean, calendar, a.cfg.Now()):
			since, named = append(since, clean), true
		case asked:
			since = append(since, clean)
		case len(since) == 0:
			between = append(between, clean)
		}
		p = last
	}
	slices.Reverse(since)
	if len(between) == 0 {
		return since, nil
	}
	about, err := a.stillAbout(ctx, m, a.cfg.Answerer.spokenOf(since), between[0], readers)
	if !about || err != nil {
		return nil, err
	}
	return since, nil
}

// stillAbout reports whether the last answer, to a question, is about one of some formats,
// or found nothing.
func (a *Asking) stillAbout(ctx context.Context, m chat.Message, formats []officehours.Format, question string, readers retrieval.Readers) (bool, error) {
	if len(formats) == 0 {
		return false, nil
	}
	last, err := chat.LastAnswer(ctx, a.cfg.Posts, a.cfg.Answers, m, a.cfg.Self)
	if err != nil || last.About.Basis.Nothing() {
		return err == nil, err
	}
	for _, f := range formats {
		found, err := a.cfg.Answerer.find(ctx, question+" "+f.Name, readers)
		if err != nil {
			return false, fmt.Errorf("search for what was spoken of: %w", err)
		}
		if len(found.Only(aboutFormat(f)).Only(restsOn(last.About.Basis.Passages)).Hits) > 0 {
			return true, nil
		}
	}
	return false, nil
}

// spokenOf are the formats that a talk is about at its end.
func (a *Answerer) spokenOf(talk []string) []officehours.Format {
	if a.cfg.Calendar == nil || len(talk) == 0 {
		return nil
	}
	return schedule.SpokenOf(talk, a.cfg.Calendar, a.cfg.Now())
}

// pointedAtFormat answers a question that stands for the format that was spoken of out of
// the documents about it alone, or says that they say nothing.
func (a *Answerer) pointedAtFormat(ctx context.Context, question string, q asked) (given, bool, error) {
	f, points := a.pointsAt(question, q)
	if !points {
		return given{}, false, nil
	}
	whole, kept, says, err := a.ofFormat(ctx, question, f, q.readers)
	if err != nil {
		return given{}, false, err
	}
	if says {
		found, err := a.composed(ctx, whole, kept)
		return found, true, err
	}
	body := a.cfg.Texts.FormatUnsaid(prompts.FormatUnsaid{Name: answer.Link(f.Name, f.Link), Hosts: answer.Safe(f.Hosts)})
	return given{Answer: answer.Answer{Outcome: answer.NotFound, Body: body, Reason: ReasonCalendar}, question: whole}, true, nil
}

// alsoOfFormat answers a question that nothing clear was found for out of the documents
// about the format that was spoken of.
func (a *Answerer) alsoOfFormat(ctx context.Context, question string, q asked) (given, bool, error) {
	formats := a.spokenOf(q.since)
	if len(formats) != 1 || len(dialogue.Words(question)) > leaningWords {
		return given{}, false, nil
	}
	whole, kept, says, err := a.ofFormat(ctx, question, formats[0], q.readers)
	if err != nil || !says {
		return given{}, false, err
	}
	found, err := a.composed(ctx, whole, kept)
	return found, true, err
}

// pointsAt is the format that a question stands for; false: it is about something that it
// names itself.
func (a *Answerer) pointsAt(question string, q asked) (officehours.Format, bool) {
	formats := a.spokenOf(q.since)
	if len(formats) != 1 || !pointsBack(question) && !schedule.PointsThere(question) && !isOf.MatchString(question) {
		return officehours.Format{}, false
	}
	return formats[0], true
}

// isOf matches a short question whether what was spoken of is something: "ist das laut".
var isOf = regexp.MustCompile(`(?i)^\W*(?:und |aber |ja )?(?:ist|sind|geht|wird|gilt|kostet|l.uft) (?:das|es|dies)(?: \p{Ll}+){1,3}\W*$`)

// ofFormat searches for a question in the documents about a format; false: they say
// nothing to it. Whole is the question as it was searched.
func (a *Answerer) ofFormat(ctx context.Context, question string, f officehours.Format, readers retrieval.Readers) (whole string, kept retrieval.Result, says bool, err error) {
	whole = strings.TrimRight(question, "?!. ") + " " + f.Name
	found, err := a.find(ctx, whole, readers)
	if err != nil {
		return whole, found, false, fmt.Errorf("search for what a format is: %w", err)
	}
	kept = found.Only(aboutFormat(f))
	if found.Sufficiency.Band == retrieval.NotFound || len(kept.Hits) == 0 {
		return whole, kept, false, nil
	}
	best := kept.Statements(question)
	return whole, kept, len(best) > 0 && max(best[0].Bears, best[0].Above) >= leastBears, nil
}

// leastBears is the share of a question's own words that stand in a statement, or above
// it, that says something to it.
const leastBears = 0.3

func (a *Answerer) composed(ctx context.Context, question string, found retrieval.Result) (given, error) {
	composed, err := a.cfg.Composer.Compose(ctx, question, found, a.cfg.Now())
	if err != nil {
		return given{}, fmt.Errorf("answer about a format: %w", err)
	}
	return given{Answer: composed, question: question}, nil
}

// aboutFormat keeps the hits of documents that have a format's name as their title.
func aboutFormat(f officehours.Format) func(retrieval.Hit) bool {
	return func(h retrieval.Hit) bool { return f.HasName(h.Document.Title) }
}
