package peopledb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// tellAsked tells a colleague that by would like their word on a skill.
func tellAsked(ctx context.Context, tx pgx.Tx, by skein.By, of skein.PersonID, skill skein.SkillID, ask string) error {
	return core.Tell(ctx, tx, by, []skein.Notice{{
		To: of, Kind: skein.NoticeAsked, Who: by.Person, Skill: skill, Of: ask, About: "ask " + ask,
	}})
}

// tellEndorsed tells a person what a colleague said of them: they choose whether it is shown.
func tellEndorsed(ctx context.Context, tx pgx.Tx, by skein.By, said skein.Evidence, evidence string) error {
	return core.Tell(ctx, tx, by, []skein.Notice{{
		To: said.Person, Kind: skein.NoticeEndorsed, Who: said.GivenBy, Skill: said.Skill, Level: said.Level,
		Of: evidence, About: "evidence " + evidence,
	}})
}

// tellHidden tells a colleague whether what they said of by is shown: they stand behind it by name.
func tellHidden(ctx context.Context, tx pgx.Tx, by skein.By, giver skein.PersonID, skill skein.SkillID, show bool) error {
	if giver == "" {
		return nil
	}
	code := skein.CodeNo
	if show {
		code = skein.CodeYes
	}
	return core.Tell(ctx, tx, by, []skein.Notice{{
		To: giver, Kind: skein.NoticeShown, Code: code, Who: by.Person, Skill: skill,
		About: "shown " + string(skill) + " " + by.At.Format(time.RFC3339Nano),
	}})
}
