package main

// table holds the changes by the promise that they break. What stands in old is
// short, so that edits beside it do no harm; where it is gone, TestTableApplies says
// so.
var table = []mutant{

	// No answer without a search, and none out of anything but what it found.
	{
		name: "search-skipped", file: "bot/ask/follow.go",
		old: "found, err = s.Search(ctx, q, r)\n\t\treturn",
		new: "found = retrieval.Result{Sufficiency: retrieval.Sufficiency{Band: retrieval.Answered, Probability: 1}}\n\t\treturn",
		pkg: "bot/ask", test: "TestDirectMessageIsAnsweredInItsThreadAsByAMachine",
		why: "an answer would rest on nothing", quick: true,
	}, {
		name: "others-questions-joined", file: "bot/dialogue/thread.go",
		old: `p.UserID != userID || !answered`, new: `!answered`,
		pkg: "bot/ask", test: "TestOthersQuestionsAreNeverInput",
		why: "a question would be searched, and shown to people, with what somebody else asked",
	}, {
		name: "rewording-unchecked", file: "bot/answer/reword.go",
		old: `return whole, saysTheSame(whole, before, question)`, new: `return whole, true`,
		pkg: "bot/answer", test: "TestARewordedQuestionHasOnlyItsAskersWords",
		why: "a model would put words into a question that nobody asked",
	}, {
		name: "approved-without-basis", file: "bot/approved/shelf.go",
		old: `		if stands {
			return Found{a, basis}, true, nil`, new: `		if true || stands {
			return Found{a, basis}, true, nil`,
		pkg: "bot/approved", test: "TestAnAnswerGoesBackWhenItsBasisIsGone",
		why: "an answer that people checked would be given although its rule has changed",
	}, {
		name: "approved-for-strangers", file: "retrieval/postgres/changes.go",
		old: `WHERE d.path = $1 AND serves(d, $3) AND d.collection = ANY ($2)`, new: `WHERE d.path = $1 AND serves(d, $3) AND $2::text[] IS NOT NULL`,
		pkg: "retrieval/postgres", test: "TestEveryMethodKeepsRights",
		why: "an approved answer would tell a stranger what only others may read",
	}, {
		name: "approved-draft-serves", file: "bot/approved/answer.go",
		old: `case !a.Approved:`, new: `case false:`,
		pkg: "bot/approved", test: "TestOnlyApprovedAnswersServe",
		why: "an answer that nobody has approved would be marked as checked by people",
	}, {
		name: "approved-by-its-author", file: "bot/approved/versions.go",
		old: `(v.AuthorID == "" || v.AuthorID == d.UserID)`, new: `v.AuthorID == ""`,
		pkg: "bot/approved", test: "TestDecisions",
		why: "one person alone could give everybody an answer that is marked as checked by two",
	}, {
		name: "version-serves-unapproved", file: "bot/postgres/approved.go",
		old: `v.Approved, v.Withdrawn = v.Stage == approved.StageApproved,`, new: `v.Approved, v.Withdrawn = v.Stage != approved.StageWithdrawn,`,
		pkg: "bot/postgres", test: "TestVersions",
		why: "a draft of one host would be given as an answer of the house",
	}, {
		name: "model-without-passages", file: "bot/answer/shown.go",
		old: `for i, hit := range m.hits {`,
		new: `for i, hit := range m.hits[:0] {`,
		pkg: "bot/answer", test: "TestTheModelIsShownWhatWasFound",
		why: "a model would answer out of what it has heard elsewhere",
	}, {
		name: "model-asked-without-basis", file: "bot/answer/compose.go",
		old: `&& (band == retrieval.Answered || band == retrieval.Nearest)`,
		new: `&& band != ""`,
		pkg: "bot/answer", test: "TestAModelIsAskedOnlyWherePassagesAreNear",
		why: "a model would word what the passages do not settle",
	}, {
		name: "grounding-skipped", file: "bot/answer/prose.go",
		old: `		if verdict.Carried {
			return part, ""`,
		new: `		if verdict.Reason != "none would do" {
			return part, ""`,
		pkg: "bot/answer", test: "TestProseKeepsOnlyWhatItsCitationCarries",
		why: "what a model invents would be posted with a citation", quick: true,
	}, {
		name: "invented-source-kept", file: "bot/answer/prose.go",
		old: `return s, Judged{Text: text, Reason: reasonNoSuch}`,
		new: `continue`,
		pkg: "bot/answer", test: "TestProseKeepsOnlyWhatItsCitationCarries",
		why: "a statement that cites what was not given would be posted",
	}, {
		name: "quote-not-looked-for", file: "bot/answer/shaped.go",
		old: `	if len(strings.Fields(quote)) < evidenceWords {
		return "", false
	}`,
		new: `	if passage != "" {
		return passage, true
	}`,
		pkg: "bot/answer", test: "TestAQuoteIsFoundHoweverItIsSet",
		why: "a model could name words as its basis that stand nowhere",
	}, {
		name: "orders-shown", file: "bot/answer/shown.go",
		old: `if hit, ok := withoutOrders(hit); ok {`,
		new: `if ok := true; ok {`,
		pkg: "bot/answer", test: "TestTheModelSeesMaterialAsData",
		why: "whoever writes a document could tell the model what to say",
	}, {
		name: "withheld-shown", file: "bot/answer/shown.go",
		old: `return slices.Contains(c.cfg.Withhold, hit.Document.Collection)`,
		new: `return false`,
		pkg: "bot/answer", test: "TestNoModelSeesWhatStaysInTheHouse",
		why: "a collection that is to stay in the house would be sent to a model",
	}, {
		name: "meaning-outweighs-facts", file: "bot/answer/ground/likeness.go",
		old: `all[i].reason = all[i].contrary()`,
		new: `all[i].reason = ""`,
		pkg: "bot/answer/ground", test: "TestNoLikenessOutweighsAHardFact",
		why: "a false number would be told where the rest sounds like the rule",
	}, {
		name: "negation-overlooked", file: "bot/answer/ground/ground.go",
		old: `pairing, polarity, force, conditions, bounds, prepositions,`,
		new: `pairing, force, conditions, bounds, prepositions,`,
		pkg: "bot/answer/ground", test: "TestTwistedStatementsAreNotCarried",
		why: "a ban would be told as a permission",
	}, {
		name: "hard-list-after-search", file: "bot/ask/answerer.go",
		old: `	if refused, hit := a.Refuse(cmp.Or(q.whole, question, q.text)); hit {`,
		new: `	if _, _, err := a.search(ctx, question, q); err != nil {
		return given{}, err
	}
	if refused, hit := a.Refuse(cmp.Or(q.whole, question, q.text)); hit {`,
		pkg: "bot/ask", test: "TestHardListLeadsToAPersonWithoutASearch",
		why: "what no machine decides would be looked up, and words of a person in need would reach the search",
	}, {
		name: "hard-list-skipped", file: "bot/ask/answerer.go",
		old: `topic, hit := a.cfg.HardList.Check(text)`,
		new: `topic, hit := answer.Topic(""), false`,
		pkg: "bot/ask", test: "TestHardListLeadsToAPersonWithoutASearch",
		why: "a machine would answer what only people decide",
	},

	// Nobody reads what is not for them.
	{
		name: "rights-of-vectors", file: "retrieval/postgres/vectors.go",
		old: "const mayServe = `d.collection = ANY (@names) AND serves(d, @day)`",
		new: "const mayServe = `cardinality(@names::text[]) >= 0 AND serves(d, @day)`",
		pkg: "retrieval/postgres", test: "TestQueriesAskRightsAndValidityBeforeTheLimit",
		why: "search by meaning would trust a number beside a vector for who may read it",
	}, {
		name: "rights-of-keywords", file: "retrieval/lexical/search.go",
		old: `for _, name := range r.Collections() {`,
		new: `for name := range st.collections {`,
		pkg: "retrieval/lexical", test: "TestRightsAgainstOracle",
		why: "search by words would find what the readers may not see",
	}, {
		name: "rights-of-passages", file: "retrieval/postgres/changes.go",
		old: `WHERE serves(d, $3) AND d.collection = ANY ($2)`,
		new: `WHERE serves(d, $3) AND cardinality($2::text[]) >= 0`,
		pkg: "retrieval/postgres", test: "TestEveryMethodKeepsRights",
		why: "a passage would be read by its number, whoever asks",
	}, {
		name: "rights-of-neighbours", file: "retrieval/postgres/changes.go",
		old: `WHERE wanted.id = ANY ($1) AND serves(d, $4) AND d.collection = ANY ($2)`,
		new: `WHERE wanted.id = ANY ($1) AND serves(d, $4) AND cardinality($2::text[]) >= 0`,
		pkg: "retrieval/postgres", test: "TestEveryMethodKeepsRights",
		why: "the passage beside a hit would be read without a right",
	}, {
		name: "rights-asked-once", file: "retrieval/engine.go",
		old: `if !asked || !r.May(h.Document.Collection) || !h.Document.Validity().Holds(day) {`,
		new: `if !asked || !h.Document.Validity().Holds(day) {`,
		pkg: "retrieval", test: "TestReadersAreAskedTwice",
		why: "a ranking that is a moment old would decide alone who may read",
	}, {
		name: "rights-of-another-channel", file: "bot/rights/audience.go",
		old: `may = g.ID != "" && g.ID == channel.ID`,
		new: `may = g.ID != ""`,
		pkg: "bot/rights", test: "TestAudience",
		why: "what one group may read would be answered in front of everybody",
	}, {
		name: "guest-as-staff", file: "bot/rights/audience.go",
		old: `if outsider && !c.Access.Guests {`,
		new: `if outsider && c.Name == "" {`,
		pkg: "bot/rights", test: "TestAudience",
		why: "guests would read what is for staff",
	}, {
		name: "unknown-membership-counts", file: "bot/rights/audience.go",
		old: `	return false, nil
}

func negate`,
		new: `	return true, nil
}

func negate`,
		pkg: "bot/rights", test: "TestRightsOfChannelAndPerson",
		why: "while the platform cannot be asked, everybody would read everything",
	}, {
		name: "narrowing-skipped", file: "ingest/sync.go",
		old: `errors.Join(err, s.store.NarrowCollections(ctx, s.source.Name(), collectionsOf(items)))`,
		new: `err`,
		pkg: "ingest", test: "TestNarrowerReadersTakeEffectWhateverFails",
		why: "readers who were taken out would read on until a sync succeeds",
	}, {
		name: "refused-gate-serves-on", file: "ingest/sync.go",
		old: `retrieval.ReasonReaders, Words: refusal.Error()}, again: true}, true)`,
		new: `retrieval.ReasonReaders, Words: refusal.Error()}, again: true}, false)`,
		pkg: "ingest", test: "TestUnclearReadersTakeDocumentsOut",
		why: "documents whose gate became public would be quoted on",
	},

	// What does not hold any more is not said.
	{
		name: "serves-without-day", file: "retrieval/postgres/migrations/index/00010_serves.sql",
		old: `AND (d.valid_until IS NULL OR d.valid_until >= day)`,
		new: ``,
		pkg: "retrieval/postgres", test: "TestThePeriodInGoIsThatOfTheDatabase",
		why: "rules that have ended would be quoted",
	}, {
		name: "keywords-without-day", file: "retrieval/lexical/maxscore.go",
		old: `sum >= least && w.segment.periods[w.start+at].Holds(on)`,
		new: `sum >= least`,
		pkg: "retrieval/lexical", test: "TestValidity",
		why: "ended rules would take the places of those that hold",
	}, {
		name: "last-look-skipped", file: "bot/inbox/post.go",
		old: `err := p.handler.Confirm(ctx, q, d)`,
		new: `var err error`,
		pkg: "bot/inbox", test: "TestInMemory/rights withdrawn before the second post",
		why: "what changed between answer and post would go unnoticed", quick: true,
	}, {
		name: "last-look-without-rights", file: "bot/confirm.go",
		old: `return b.cfg.Rights.Confirm(ctx, post, d.ToUserID != "", d.About.Basis)`,
		new: `return nil`,
		pkg: "bot/rights", test: "TestRightsAreCheckedAgainRightBeforePosting",
		why: "who left a group would get its documents by the answer under way",
	}, {
		name: "last-look-without-basis", file: "bot/rights/rights.go",
		old: `if err == nil && !stands {`,
		new: `if err == nil && !stands && len(b.Passages) == 0 {`,
		pkg: "bot/rights", test: "TestWhatIsQuotedIsLookedAtRightBeforePosting",
		why: "what was blocked a moment ago would be quoted",
	}, {
		name: "swap-in-two-steps", file: "retrieval/postgres/revise.go",
		old: `err := s.inTransaction(ctx, func(tx pgx.Tx) error { return s.replace(ctx, tx, rev) })`,
		new: `_, err := s.pool.Exec(ctx, "DELETE FROM passage p USING document d WHERE d.id = p.document_id AND d.source = $1 AND d.path = $2", rev.Document.Source, rev.Document.Path)
	if err == nil {
		err = s.inTransaction(ctx, func(tx pgx.Tx) error { return s.replace(ctx, tx, rev) })
	}`,
		pkg: "retrieval/postgres", test: "TestAVersionThatCannotBeSavedLeavesTheOldOneServing",
		why: "a document would be gone while its new version is on the way",
	}, {
		name: "refresh-seen-half", file: "retrieval/lexical/state.go",
		old: `		arriving.add(ctx, part.Add)`,
		new: `		arriving.add(ctx, part.Add)
		clear(st.collections)`,
		pkg: "retrieval/lexical", test: "TestAChangeInPartsIsSeenWholeOrNotAtAll",
		why: "searches would see an index that is half gone",
	}, {
		name: "verdict-lost", file: "retrieval/postgres/revise.go",
		old: `mark = excluded.mark, verdict = excluded.verdict, judged = excluded.judged,
				listed`,
		new: `mark = excluded.mark,
				listed`,
		pkg: "ingest", test: "TestRefusedContentIsNotReadAgain",
		why: "a file that harms a reader would be opened at each sync",
	}, {
		name: "position-before-documents", file: "ingest/sync.go",
		old: `if len(s.unsure) == 0 {`,
		new: `if s.unsure != nil {`,
		pkg: "ingest", test: "TestPositionIsKeptOnlyOfWhatWasTakenIn",
		why: "the next sync would go on behind what was never taken in",
	}, {
		name: "empty-source-believed", file: "ingest/sync.go",
		old: `len(gone) > emptyGuard && !s.AllowEmpty`,
		new: `len(gone) > emptyGuard && s.store == nil`,
		pkg: "ingest", test: "TestVanishedSourceIsNotTakenForDeletions",
		why: "a share that is not mounted would empty the index",
	},

	// Each question is answered once, and none is lost.
	{
		name: "marker-not-looked-for", file: "bot/inbox/post.go",
		old: `	if d.Tried {
		id, err := p.adopt(ctx, d, d.PostID)`,
		new: `	if d.Tried && d.Lost {
		id, err := p.adopt(ctx, d, d.PostID)`,
		pkg: "bot/inbox", test: "TestInMemory/the response to a post is lost",
		why: "an answer would be posted again after a crash",
	}, {
		name: "fence-dropped", file: "bot/postgres/step.go",
		old: `WHERE id = @id AND attempt = @attempt AND lease_until IS NOT NULL`,
		new: `WHERE id = @id AND @attempt::bigint > 0`,
		pkg: "bot/postgres", test: "TestQuestionsKeepTheInboxOnce/a stale worker leaves the question to the one who is at it",
		why: "two workers would answer the same question",
	}, {
		name: "lease-not-extended", file: "bot/inbox/lease.go",
		old: `return p.store.Extend(ctx, q, p.cfg.Lease)`,
		new: `return nil`,
		pkg: "bot/inbox", test: "TestHeartbeatKeepsTheLease",
		why: "a slow answer would be begun again by another worker",
	}, {
		name: "cut-off-worker-goes-on", file: "bot/inbox/lease.go",
		old: `			lose(ErrStale)
			return`,
		new: `			return`,
		pkg: "bot/inbox", test: "TestWithoutHeartbeatTheWorkerStops",
		why: "a worker without a lease would post beside the one who took over",
	}, {
		name: "catch-up-skips-channels", file: "bot/mattermost/catchup.go",
		old: `if err := u.channel(ctx, ch, since); err != nil {`,
		new: `if err := u.changes(ctx, ch.Id, since); err != nil {`,
		pkg: "bot/mattermost", test: "TestAnyBacklogIsReadToItsEnd",
		why: "what was asked while the bot was away would stay unanswered",
	}, {
		name: "cursor-before-post", file: "bot/mattermost/catchup.go",
		old: `		posts := page(list)
		if err := u.hand(ctx, posts); err != nil {`,
		new: `		posts := page(list)
		if err := u.save(ctx, ch.Id, anchorIn(posts, ch.LastPostAt), readTo); err != nil {
			return "", count, err
		}
		if err := u.hand(ctx, posts); err != nil {`,
		pkg: "bot/mattermost", test: "TestAnyBacklogIsReadToItsEnd",
		why: "questions that could not be stored would be passed over for ever",
	},

	// A button does what it says, once, for whom it was made.
	{
		name: "signature-not-checked", file: "bot/mattermost/buttons.go",
		old: `	case !genuine:`,
		new: `	case !genuine && field("signature") == "":`,
		pkg: "bot/mattermost", test: "TestAVoucherHoldsOnlyAsItWasSigned",
		why: "whoever reaches the endpoint could press any button for anybody",
	}, {
		name: "button-never-too-old", file: "bot/mattermost/buttons.go",
		old: `case !now.Before(v.expires):`,
		new: `case v.expires.IsZero():`,
		pkg: "bot/mattermost", test: "TestAVoucherHoldsOnlyAsItWasSigned",
		why: "an old button would act on what is long over",
	}, {
		name: "dialog-signature-not-checked", file: "bot/mattermost/dialog.go",
		old: `case !genuine || !known || o.User != userID`,
		new: `case !known || o.User != userID`,
		pkg: "bot/mattermost", test: "TestDialog",
		why: "whoever has a dialog open could send it off as another one",
	}, {
		name: "dialog-of-another-person", file: "bot/mattermost/dialog.go",
		old: `!known || o.User != userID`,
		new: `!known || o.User == ""`,
		pkg: "bot/mattermost", test: "TestDialog",
		why: "what was opened for one person could be sent off by another",
	}, {
		name: "command-token-not-checked", file: "bot/mattermost/command.go",
		old: `if !c.knownToken(form.Get("token")) {`,
		new: `if form.Get("token") == "" {`,
		pkg: "bot/mattermost", test: "TestCommand",
		why: "whoever reaches the endpoint could ask in anybody's name",
	}, {
		name: "press-not-spent", file: "bot/inbox/spend.go",
		old: `!q.Origin.Pressed() || q.Marker == "" || q.Failed`,
		new: `!q.Origin.Pressed() || q.Marker != "" || q.Failed`,
		pkg: "bot/inbox", test: "TestInMemory/what is used up goes, once",
		why: "a button that is used up would stay and promise an effect",
	}, {
		name: "press-counts-twice", file: "bot/postgres/questions.go",
		old: `if a.Origin == inbox.FromButton {`,
		new: `if a.Origin == inbox.FromButton && a.Marker == "" {`,
		pkg: "bot/postgres", test: "TestQuestionsKeepTheInboxOnce/two quick presses have one effect",
		why: "a busy finger would hand over twice",
	}, {
		name: "preview-never-lapses", file: "bot/desk/agree.go",
		old: `h.State == officehours.Proposed && h.Expired(d.wordTime(m))`,
		new: `h.State == officehours.Proposed && h.Expired(h.CreatedAt)`,
		pkg: "bot/desk", test: "TestYesAfterThirtyMinutesComesTooLate",
		why: "a late \"ja\" would hand over what the person has forgotten about",
	}, {
		name: "nothing-masked", file: "bot/desk/masked.go",
		old: `	if h.Unmasked {`,
		new: `	if h.Unmasked || text != "" {`,
		pkg: "bot/desk", test: "TestWhatTellsWhoSomebodyIsGoesOverMasked",
		why: "names and numbers would go to people without a word about them",
	}, {
		name: "one-question-two-tickets", file: "bot/desk/held.go",
		old: `	if err == nil {`,
		new: `	if err == nil && postID == "" {`,
		pkg: "bot/desk", test: "TestOthersWhoAskTheSame",
		why: "a second press would bring one question to people twice",
	}, {
		name: "leaver-takes-all", file: "bot/desk/askers.go",
		old: `	if t.State.Closed() || to == officehours.Open {`,
		new: `	if true {`,
		pkg: "bot/desk", test: "TestOthersWhoAskTheSame",
		why: "who leaves a ticket of several would tell the hosts that nobody asks it any more",
	}, {
		name: "button-of-another-preview", file: "bot/desk/agree.go",
		old: `case act.Subject.HandoverID != "" && h.ID != act.Subject.HandoverID:`,
		new: `case act.Subject.HandoverID != "" && h.ID == "":`,
		pkg: "bot/desk", test: "TestButtonsDoWhatTheWordsDo",
		why: "a button below an old preview would hand over another text",
	},

	// Who is forgotten stays forgotten.
	{
		name: "deletion-not-logged", file: "bot/postgres/privacy.go",
		old: `		return logDeletion(ctx, tx, entry)
	})
	if err != nil {
		return gone`,
		new: `		return nil
	})
	if err != nil {
		return gone`,
		pkg: "bot/postgres", test: "TestForgetLeavesNothing",
		why: "a restored backup would bring a forgotten person back",
	}, {
		name: "person-stays", file: "bot/postgres/privacy.go",
		old: "`DELETE FROM bot.person WHERE id = ANY($1)`",
		new: "`SELECT FROM bot.person WHERE id = ANY($1)`",
		pkg: "bot/postgres", test: "TestForgetLeavesNothing",
		why: "a chat user id would outlast its deletion",
	}, {
		name: "deletion-log-names-people", file: "bot/privacy/privacy.go",
		old: `	return mac.Sum(nil)`,
		new: `	return []byte(userID)`,
		pkg: "bot/privacy", test: "TestForgottenAgainAfterRestore",
		why: "the log of deletions would hold whom it is to forget",
	},

	// No ticket is lost, doubled or left without a word.
	{
		name: "ticket-update-lost", file: "bot/officehours/events.go",
		old: `t.State, t.Attempt = to, t.Attempt+1`,
		new: `t.State = to`,
		pkg: "bot/officehours", test: "TestNoTicketEndsWithoutAWord",
		why: "of two changes at once the second would overwrite the first unseen",
	}, {
		name: "ticket-step-doubled", file: "bot/postgres/steps.go",
		old: `	if err != nil || repeated {
		return t, err
	}
	next`,
		new: `	if err != nil {
		return t, err
	}
	_ = repeated
	next`,
		pkg: "bot/postgres", test: "TestDesk",
		why: "a step that a dead worker has taken would be taken and told a second time",
	}, {
		name: "asker-not-told", file: "bot/desk/wayback.go",
		old: `	reply.Drafts = append(reply.Drafts, d.tells(t, askers, text, d.stepText(t))...)
	return reply, nil`,
		new: `	_ = askers
	return reply, nil`,
		pkg: "bot/desk", test: "TestNoTicketIsLostOrDoubled",
		why: "who asked would not hear that the question was taken, moved or given back", quick: true,
	}, {
		name: "stale-correction-told", file: "bot/postgres/answers.go",
		old: `if a.Retracted || text == a.Text {`,
		new: `if a.Retracted {`,
		pkg: "bot/postgres", test: "TestDesk",
		why: "a late worker would tell a correction that everybody has",
	}, {
		name: "ticket-unlocked", file: "bot/postgres/steps.go",
		old: `WHERE number = $1 FOR UPDATE", number)`,
		new: `WHERE number = $1", number)`,
		pkg: "bot/postgres", test: "TestOneOfManyHostsGetsATicket",
		why: "of two hosts who take a ticket at once one would run into a fault instead of a kind word",
	}, {
		name: "joined-not-told", file: "bot/desk/wayback.go",
		old: `	for _, a := range askers {
		own := step`,
		new: `	for _, a := range askers[:min(1, len(askers))] {
		own := step`,
		pkg: "bot/desk", test: "TestOfAHundredWhoAskAllAreTold",
		why: "who joined somebody else's ticket would never hear of its answer",
	}, {
		name: "moved-session-lost", file: "bot/ics/feed.go",
		old: `seen[d.Key] = f.seen.and(d)`,
		new: `seen[d.Key] = past{}.and(d)`,
		pkg: "bot/desk", test: "TestASessionThatIsMovedOrCancelledElsewhere",
		why: "who asked would be sent to another session than the one that theirs was moved to",
	}, {
		name: "card-without-rights", file: "bot/confirm.go",
		old: `if err := b.cfg.Desk.Confirm(ctx, d); err != nil || d.About.Basis.Nothing() {`,
		new: `if err := b.cfg.Desk.Confirm(ctx, d); err != nil || !d.About.Basis.Nothing() {`,
		pkg: "bot/desk", test: "TestHostsReadNoAnswerWhoseBasisIsGone",
		why: "hosts would read on a card what was blocked, or taken from them, a moment ago",
	}, {
		name: "early-post-unconfirmed", file: "bot/inbox/meanwhile.go",
		old: `if err := m.p.confirm(ctx, *m.q, *d); err != nil {`,
		new: `if err := m.p.confirm(ctx, *m.q, *d); err != nil && d.Marker == "" {`,
		pkg: "bot/inbox", test: "TestInMemory/nothing comes first that may not go out",
		why: "an answer that comes before the model's would be posted without a last look",
	}, {
		name: "early-post-twice", file: "bot/inbox/meanwhile.go",
		old: `	if len(early) == 0 {`,
		new: `	if len(early) >= 0 {`,
		pkg: "bot/inbox", test: "TestInMemory/what came first is one post, keeps its marker, and goes with the question",
		why: "the word that it takes a moment would stay beside the answer",
	}, {
		name: "moot-button-stays", file: "bot/inbox/post.go",
		old: `	if err := p.moot(ctx, *q); err != nil {`,
		new: `	if err := p.moot(ctx, *q); err != nil && q.ID == "" {`,
		pkg: "bot/inbox", test: "TestInMemory/a choice goes though the worker dies in between, and the reply comes once",
		why: "a button that a word has decided would stay after a crash and do it again",
	}, {
		name: "moot-buttons-of-others", file: "bot/postgres/moot.go",
		old: `(reader.chat_user_id = $2 OR`,
		new: `($2 <> '' OR`,
		pkg: "bot/postgres", test: "TestQuestionsKeepTheInboxOnce/a word decides nobody else's choice",
		why: "one person's word would take the buttons of another one's preview away",
	}, {
		name: "called-off-not-told", file: "bot/reminders/due.go",
		old: `	case !r.stands(s):
		return atMove`,
		new: `	case false:
		return atMove`,
		pkg: "bot/reminders", test: "TestACancelledSessionIsToldOnce",
		why: "who wanted to be reminded would come to a session that is not held",
	},

	// Foreign files reach nothing.
	{
		name: "network-for-readers", file: "ingest/extract/sandbox/closeoff_linux.go",
		old: `"read", "write", "close", "fstat", "lseek", "fcntl",`,
		new: `"read", "write", "close", "fstat", "lseek", "fcntl", "socket", "connect",`,
		pkg: "ingest/extract/sandbox", test: "TestNothingLeavesTheChild",
		why: "a document that takes its reader over could send what it finds",
	}, {
		name: "second-wall-missing", file: "ingest/extract/sandbox/closeoff_linux.go",
		old: `return landlock.V7.BestEffort().Restrict()`,
		new: `return landlock.V7.BestEffort().RestrictPaths(landlock.RODirs("/"))`,
		pkg: "ingest/extract/sandbox", test: "TestTheSecondWallStandsAlone",
		why: "where the first wall has a gap, files would lie open",
	},
}
