package sources

import (
	"fmt"
	"path"

	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/progress"
	"lvr.example/sprechstunde/ingest"
)

// phaseMeter shows each phase of a sync with a meter of its own, so that rate
// and remaining time are those of the phase.
type phaseMeter struct {
	site   *neighbours.Site
	source string
	phase  ingest.Phase
	meter  *progress.Meter // nil: no phase has begun
}

func (p *phaseMeter) show(now ingest.Progress) {
	if p.meter == nil || p.phase != now.Phase {
		p.end()
		p.phase = now.Phase
		p.meter = progress.NewMeter(p.site.Progress, p.source+": "+string(p.phase), p.site.Now)
	}
	within := ""
	if now.Parts > 0 {
		within = fmt.Sprintf("%s: %d of %d", path.Base(now.File), now.Part, now.Parts)
	}
	p.meter.Within(within)
	p.meter.Show(now.Done, now.Total)
}

func (p *phaseMeter) end() {
	if p.meter != nil {
		p.meter.End()
	}
}
