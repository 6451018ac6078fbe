package match

import "skein/internal/skein"

// The areas in which a remit is given by default.
const (
	AreaWork    = "How the work is done"
	AreaScope   = "What is in and what is out"
	AreaPeople  = "Who does what"
	AreaMoney   = "Spending"
	AreaRelease = "When it goes live"
	AreaOutside = "Promises to outsiders"
)

// DefaultLens is the lens where an organisation starts; its administrators edit it.
func DefaultLens() Lens {
	rows := uncertaintyRows()
	for _, more := range [][]LensRow{stakesRows(), urgencyRows(), expertiseRows(), commitmentRows(), reachRows(), readinessRows()} {
		rows = append(rows, more...)
	}
	return Lens{
		Rows: rows, Band: .15, ReadyShare: .60, StretchShare: .35, PracticeShare: .25,
		WindowHours: 7 * 24, OpenHours: 24, CheckInDays: 14,
		Remit: []skein.Remit{
			{Area: AreaWork, Level: skein.DecideAlone},
			{Area: AreaPeople, Level: skein.DecideAlone},
			{Area: AreaScope, Level: skein.AfterAdvice},
			{Area: AreaMoney, Level: skein.AfterAdvice},
			{Area: AreaRelease, Level: skein.DecideAlone},
			{Area: AreaOutside, Level: skein.ProposeAbove},
		},
	}
}

func ask(id skein.SkillID, importance int) []skein.Requirement {
	return []skein.Requirement{{Skill: id, Importance: importance, Level: 3}}
}

func narrow(area string, level skein.RemitLevel, with string) []skein.Remit {
	return []skein.Remit{{Area: area, Level: level, WithWhom: with}}
}

func uncertaintyRows() []LensRow {
	return []LensRow{
		{
			Dimension: skein.DimUncertainty, Value: skein.Clear.Rank(), Practices: ask(SeeingThrough, 2),
			Reason: "What works is known, so what counts is that it gets done.",
		},
		{
			Dimension: skein.DimUncertainty, Value: skein.Complicated.Rank(), Practices: ask(WeighingExperts, 2),
			Reason: "Experts can find out what works, and they will not all agree.",
		},
		{
			Dimension: skein.DimUncertainty, Value: skein.Complex.Rank(), Practices: ask(SmallSteps, 3),
			Reason: "Nobody knows yet what works, so it is tried in steps that can be taken back.",
		},
		{
			Dimension: skein.DimUncertainty, Value: skein.Chaotic.Rank(), Practices: ask(Incidents, 4), CheckInDays: 2,
			Reason: "Things move faster than anybody can work them out: act first, then look.",
		},
	}
}

func stakesRows() []LensRow {
	return []LensRow{
		{
			Dimension: skein.DimStakes, Value: 1, Band: .15, StretchShare: .25,
			Reason: "Mistakes cost little here, so there is room to learn by leading.",
		},
		{
			Dimension: skein.DimStakes, Value: 2, Band: .15, StretchShare: .30,
			Reason: "Mistakes can be put right, so there is room to learn by leading.",
		},
		{
			Dimension: skein.DimStakes, Value: 3, Band: .10, StretchShare: .35,
			Reason: "Mistakes would be felt.",
		},
		{
			Dimension: skein.DimStakes, Value: 4, Band: .07, StretchShare: .45, Floor: skein.Weighed, Practices: ask(NoWayBack, 2),
			Remit:  narrow(AreaRelease, skein.AfterAdvice, ""),
			Reason: "Mistakes would be bad and hard to undo, so more has to be shown beforehand.",
		},
		{
			Dimension: skein.DimStakes, Value: 5, Band: .05, StretchShare: .55, Floor: skein.Verified, Practices: ask(NoWayBack, 3),
			Remit:  narrow(AreaRelease, skein.ByAgreement, "those who would bear it"),
			Reason: "Mistakes cannot be undone, so what somebody brings is looked at closely.",
		},
	}
}

func urgencyRows() []LensRow {
	return []LensRow{
		{
			Dimension: skein.DimUrgency, Value: 4, WindowHours: 3 * 24, CheckInDays: 7, Practices: ask(QuickDecisions, 1),
			Reason: "Decisions cannot wait for weeks, so neither does the choice of a lead.",
		},
		{
			Dimension: skein.DimUrgency, Value: 5, WindowHours: 24, OpenHours: 1, CheckInDays: 2, Practices: ask(QuickDecisions, 2),
			Reason: "Decisions are needed within hours, so claims close after a day.",
		},
	}
}

func expertiseRows() []LensRow {
	return []LensRow{
		{
			Dimension: skein.DimExpertise, Value: 4, Practices: ask(ManyHeads, 1),
			Reason: "What it takes is spread over several heads.",
		},
		{
			Dimension: skein.DimExpertise, Value: 5, Practices: ask(ManyHeads, 2),
			Remit:  narrow(AreaWork, skein.AfterAdvice, "those who know"),
			Reason: "Nobody knows enough alone, so the lead brings together those who do.",
		},
	}
}

func commitmentRows() []LensRow {
	return []LensRow{
		{
			Dimension: skein.DimCommitment, Value: 4, Practices: ask(Hearing, 2),
			Reason: "It works better when those affected want it.",
		},
		{
			Dimension: skein.DimCommitment, Value: 5, Practices: ask(Hearing, 3),
			Remit:  narrow(AreaScope, skein.ByAgreement, "those affected"),
			Reason: "It fails unless those affected want it, so they have a say in what is in.",
		},
	}
}

func reachRows() []LensRow {
	return []LensRow{
		{
			Dimension: skein.DimReach, Value: 3, Practices: ask(SeveralTeams, 1),
			Reason: "A few teams must move together.",
		},
		{
			Dimension: skein.DimReach, Value: 4, Practices: ask(SeveralTeams, 2), Needs: []skein.NeedKind{skein.NeedSponsor},
			Remit:  narrow(AreaPeople, skein.AfterAdvice, "the teams concerned"),
			Reason: "Several teams must move together, so somebody opens doors for the lead.",
		},
		{
			Dimension: skein.DimReach, Value: 5, Practices: ask(SeveralTeams, 3), Needs: []skein.NeedKind{skein.NeedSponsor},
			Remit:  narrow(AreaPeople, skein.ByAgreement, "the teams concerned"),
			Reason: "Much of the organisation must move together, so somebody opens doors for the lead.",
		},
	}
}

func readinessRows() []LensRow {
	return []LensRow{
		{
			Dimension: skein.DimReadiness, Value: 1, Practices: ask(NewTeam, 2), CheckInDays: 7, Needs: []skein.NeedKind{skein.NeedCoach},
			Remit:  narrow(AreaPeople, skein.AfterAdvice, "the coach"),
			Reason: "The team has yet to meet, so the lead has a coach and a short rhythm.",
		},
		{
			Dimension: skein.DimReadiness, Value: 2, Practices: ask(NewTeam, 1), CheckInDays: 7, Needs: []skein.NeedKind{skein.NeedCoach},
			Reason: "The team hardly knows each other yet, so the lead has a coach.",
		},
		{
			Dimension: skein.DimReadiness, Value: 5, CheckInDays: 28,
			Reason: "The team knows each other, its purpose and its voice, and needs few reports.",
		},
	}
}
