package ingest

import (
	"fmt"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/retrieval"
)

// codes are the reasons of readers as the index keeps them.
var codes = map[extract.Reason]retrieval.ReasonCode{
	extract.Empty: retrieval.ReasonEmpty, extract.TooLarge: retrieval.ReasonTooLarge, extract.NotText: retrieval.ReasonNotText,
	extract.Unsupported: retrieval.ReasonUnsupported, extract.FrontMatter: retrieval.ReasonHead, extract.Damaged: retrieval.ReasonDamaged,
	extract.Encrypted: retrieval.ReasonEncrypted, extract.Picture: retrieval.ReasonPicture, extract.NoText: retrieval.ReasonNoTextLayer, extract.Unsafe: retrieval.ReasonUnsafe,
	extract.Crashed: retrieval.ReasonCrashed, extract.TooSlow: retrieval.ReasonTooSlow, extract.TooMuchMemory: retrieval.ReasonTooMuchMemory,
	extract.Waiting: retrieval.ReasonWaiting, extract.Unsure: retrieval.ReasonUnsure,
}

// readerReason returns why a reader refused a file.
func readerReason(problem *extract.Error) retrieval.Reason {
	code, known := codes[problem.Reason]
	if !known {
		code = retrieval.ReasonOther
	}
	return retrieval.Reason{Code: code, Words: problem.Error()}
}

// problemOf returns why an item cannot be read or belongs nowhere.
func problemOf(item Item) retrieval.Reason {
	code := retrieval.ReasonUnreachable
	if item.Unclear {
		code = retrieval.ReasonReaders
	}
	return retrieval.Reason{Code: code, Words: item.Problem.Error()}
}

// besideReason returns what is wrong with a sidecar; "": nothing.
func besideReason(problem string) retrieval.Reason {
	if problem == "" {
		return retrieval.Reason{}
	}
	return retrieval.Reason{Code: retrieval.ReasonSidecar, Words: problem}
}

// unreachable is a reason that may pass by itself.
func unreachable(format string, args ...any) retrieval.Reason {
	return retrieval.Reason{Code: retrieval.ReasonUnreachable, Words: fmt.Sprintf(format, args...)}
}

// remarksOf returns what the index keeps of a reader's remarks.
func remarksOf(doc extract.Named) []retrieval.Remark {
	var all []retrieval.Remark
	for _, r := range doc.Remarks {
		all = append(all, retrieval.Remark{Code: string(r.Code), Count: r.Count, Detail: r.Detail})
	}
	return all
}
