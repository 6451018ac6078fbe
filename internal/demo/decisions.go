package demo

import (
	"context"
	"fmt"
	"time"

	"skein/internal/chooser"
	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// question is something that was decided, or is to be: who asks and decides, who was asked, and what they said.
type question struct {
	project, lead, asks, area string
	options                   []string
	asked                     []adviser
	opened, until, decided    int // days from today; opened and until the same: nobody was asked; decided 0: it is open
	says, reason, came        string
	chosen                    int
	instead                   string // what it replaces, by what that says
}

// adviser is somebody who was asked.
type adviser struct{ person, why, says string } // says "-": nothing to add; "": no answer

// decisions are what leads have decided, alone or after advice, and one question that waits for advice.
func (s seed) decisions(ctx context.Context) error {
	judge := chooser.New(s.db).Judge()
	said := map[string]skein.DecisionID{}
	for _, q := range questions {
		if err := s.question(ctx, judge, q, said); err != nil {
			return fmt.Errorf("%s: %w", q.asks, err)
		}
	}
	_, err := s.tx.Exec(ctx, `update notice set seen_at = made_at where kind = 'decision' and code not in ('asked')`)
	return err
}

// question opens, asks, answers and decides as the people of the story did.
func (s seed) question(ctx context.Context, judge leaddb.Judge, q question, said map[string]skein.DecisionID) error {
	var id skein.DecisionID
	do := func(person string, at time.Time, verb func(*lead.Lead, skein.By) error) error {
		by := skein.NewBy(skein.PersonID(person), at, s.now.Location())
		return s.db.Lead.UpdateLead(ctx, by, skein.ProjectID(q.project), func(l *lead.Lead) error { return verb(l, by) },
			leaddb.WithProposal(), leaddb.Judging(judge), leaddb.WithDecision(id), leaddb.WithDecision(or(id, said[q.instead])))
	}
	err := do(q.lead, s.at(q.opened, 9, 20), func(l *lead.Lead, by skein.By) (err error) {
		id, err = l.OpenDecision(by, skein.Decision{Question: q.asks, Options: q.options, Area: q.area, Replaces: said[q.instead]})
		return err
	})
	if err == nil && len(q.asked) > 0 {
		err = do(q.lead, s.at(q.opened, 9, 40), func(l *lead.Lead, by skein.By) error {
			var all []skein.Asked
			for _, a := range q.asked {
				all = append(all, skein.Asked{Person: skein.PersonID(a.person), Why: a.why})
			}
			return l.AskAdvice(by, id, all, s.day(q.until))
		})
	}
	for i, a := range q.asked {
		if err == nil && a.says != "" {
			err = do(a.person, s.at(q.opened+1, 11+i, 5), func(l *lead.Lead, by skein.By) error {
				return l.Advise(by, id, a.says == "-", skein.Counsel{Says: a.says})
			})
		}
	}
	if err != nil || q.decided == 0 {
		return err
	}
	err = do(q.lead, s.at(q.decided, 16, 10), func(l *lead.Lead, by skein.By) error {
		return l.DecideIt(by, id, l.Decision(id).ReadBefore(l.AdviceOn(id)), skein.Ruling{Says: q.says, Chosen: q.chosen, Reason: q.reason})
	})
	if err == nil && q.came != "" {
		err = do(q.lead, s.at(-1, 9, 5), func(l *lead.Lead, by skein.By) error { return l.SayCame(by, id, "", q.came) })
	}
	said[q.says] = id
	return err
}

func or(id, other skein.DecisionID) skein.DecisionID {
	if id == "" {
		return other
	}
	return id
}

var questions = []question{
	{
		project: "drought-desk", lead: "tomas-orr", asks: "Do we say anything about hosepipes before the Corrie falls?", area: "Hosepipe advice",
		options: []string{"Say nothing yet.", "Ask everybody now."}, opened: -70, decided: -68, chosen: 1,
		says: "Hosepipes, nobody yet", reason: "It rained for a week, and nobody would have believed us.",
	},
	{
		project: "drought-desk", lead: "ines-calder", asks: "When does the daily note go out?", area: "The daily note",
		opened: -33, decided: -33, says: "The daily note at 06:30, not 08:00",
		reason: "Crews leave the yard at seven. A note that comes after them is read by nobody.",
		came:   "The yard reads it. Two crews asked for it on paper, and get it.",
	},
	{
		project: "drought-desk", lead: "tomas-orr", asks: "Do we ask everybody to leave hosepipes off, or only where the water is short?", area: "Hosepipe advice",
		options: []string{"All streets at once, from Monday.", "Street by street, where pressure is low, a week ahead.", "Nobody yet; wait for the Corrie."},
		opened:  -19, until: -13, decided: -12, chosen: 2, instead: "Hosepipes, nobody yet",
		asked: []adviser{
			{"maeve-sorley", "Customers, affected", "Say it where it is true. If we ask everybody, nobody believes the next one."},
			{"mirren-tait", "River Care, against it", "Ask everybody. The river does not know which street it is."},
			{"bram-hollis", "knows the crews", "Street by street works if the crews hear it the evening before."},
			{"ottilie-grange", "knows Drought planning", "-"},
			{"sorcha-dunne", "in the team", ""},
		},
		says: "Hosepipe advice goes out street by street",
		reason: "Street by street. I want to be believed in August. Mirren is right that it saves less; if the Corrie falls below the mark we ask everybody the same day. " +
			"Crews hear it by six the evening before.",
	},
	{
		project: "mains-renewal", lead: "yusuf-karan", asks: "Do we close Mill Lane in one go, or half by half?", area: "The order of streets",
		options: []string{"In one go, for nine days.", "Half by half, for three weeks."}, opened: -40, until: -34, decided: -33, chosen: 1,
		asked: []adviser{
			{"mads-winterton", "Customers, affected", "Nine loud days are kinder than three loud weeks. Knock first."},
			{"elspeth-crane", "knows Street works", "In one go, if the bus can turn at the chapel. It can."},
		},
		says: "Mill Lane is closed in one go", reason: "Both say so who know the street. Mads’s people knock on every door a week ahead.",
		came: "Done a week early. Two complaints, both about the bus.",
	},
	{
		project: "bill-on-a-page", lead: "hana-viteri", asks: "Does last year’s use stand on the page?", area: "The page",
		options: []string{"Yes, as a figure.", "Yes, as a small chart.", "No."}, opened: -15, until: -9, decided: -8, chosen: 2,
		asked: []adviser{
			{"jacinta-moor", "Billing, affected", "A figure is rung about, a chart is looked at."},
			{"saoirse-bell", "knows User research", "Ten of twelve found the chart before they found the sum."},
		},
		says: "Last year’s use stands on the bill as a small chart", reason: "People looked at it without being told to.",
	},
	{
		project: "drought-desk", lead: "tomas-orr", asks: "Do we draw the Corrie lower at night to fill Weir Lane?", area: "Anything that lowers the river",
		options: []string{"By ten centimetres, from midnight to four.", "Not before the salmon have gone up.", "Tankers instead."},
		opened:  -3, until: 4,
		asked: []adviser{
			{"mirren-tait", "River Care, affected", ""},
			{"hamish-orde", "knows Night flows", ""},
			{"bram-hollis", "knows the crews", "Ten centimetres for four hours fills it. The crews can watch the gauge."},
		},
	},
}
