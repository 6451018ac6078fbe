// Package component holds the parts pages are made of. They know no page, no
// domain type and no request: they take strings and the small structs below.
//
// A page is rows on three lines: the margin says what it is, the text says it,
// the act column is where you do something.
//
//	@component.Opening(component.Part{Notes: []string{"Network", "Leaks"}}) {
//		@component.Text() {
//			@component.Title("Night Pressure")
//			<p class="purpose">Lower the pressure ...</p>
//		}
//		@component.Act() { ... }
//	}
//	@component.Section(component.Part{Head: "You lead"}) {
//		@component.Row() {
//			@component.Text() {
//				<p class="said hung">
//					@component.HangBird(component.Led)
//					<a href="...">Drought Desk</a>, until 30 June.
//				</p>
//				<p class="note">Standing in for Tomas Orr.</p>
//			}
//			@component.Act() {
//				@component.Acts() {
//					@component.Press(component.Button{Label: "Same as last week", Kind: component.Outlined, Action: "..."})
//					@component.Press(component.Button{Label: "Tell the team", Kind: component.Plain, URL: "..."})
//				}
//			}
//		}
//	}
//
// Layout: Opening, Heading, Title, Statement, Section, Say, Group, Row, Text,
// Wide, Act, Acts, Ways, Aside, HangBird, HangNumber, Panelled, Panel, Beside,
// PhoneBar, Header, Footer, Mark, SkipLink.
// Marks and figures: Bird, BirdNamed, Dots, Standings, SaysMark, Rose, Team,
// Pick, Terms, Pairs.
// Pressing: Press (filled, outlined, plain, not possible), Form, KeyField.
// Fields: TextField, TextArea, Select, Ruler, WordChoice, Checkbox, Checkboxes,
// Chips, FilterSentence, Search.
// Saying: Notice, Refusal, Empty, Pager, Progress, Time, Waters, Why, Fold.
//
// Classes a page may use on its own sentences: title 44, statement 36, state 27,
// purpose 23/33, name 23/30, said 20, aim 18 (serif); note 15 quiet, fine 13
// quiet, side 13/500, strong, quiet, facts (a line of facts), waters (the italic
// name of a priority or team), stack (16 between children), only-wide and
// only-phone.
package component
