package skein

// NoticeKind says what a notice is about.
type NoticeKind string

// The kinds of notice on the way of a claim.
const (
	NoticeOffer     NoticeKind = "offer"     // you were chosen
	NoticeNotChosen NoticeKind = "notchosen" // and why
	NoticeTaken     NoticeKind = "taken"     // a lead you asked for, or were asked for, went to somebody
	NoticeCheck     NoticeKind = "check"     // a pick waits for you
	NoticeReturned  NoticeKind = "returned"  // a pick was sent back, claims gather again
	NoticeRestarted NoticeKind = "restarted" // what it is like has changed
	NoticeClosing   NoticeKind = "closing"   // you have a draft and the window closes
	NoticeLapsed    NoticeKind = "lapsed"    // you did not answer in time
	NoticeInvite    NoticeKind = "invite"    // nobody claimed; would you?
	NoticeWith      NoticeKind = "with"      // somebody would claim with you
	NoticeCoach     NoticeKind = "coach"     // somebody would be coached by you
	NoticeNeeds     NoticeKind = "needs"     // what a lead needs is still open
	NoticeLed       NoticeKind = "led"       // somebody leads now
	NoticeEnding    NoticeKind = "ending"    // a term ends soon
	NoticeEnded     NoticeKind = "ended"     // a term has ended
	NoticeReview    NoticeKind = "review"    // somebody asks whether it was decided rightly
	NoticeReviewed  NoticeKind = "reviewed"  // the answer
	NoticeNobody    NoticeKind = "nobody"    // nobody claimed, nobody could be asked
)

// Notice tells one person one thing, once, with one act to follow.
type Notice struct {
	Person  PersonID
	Kind    NoticeKind
	Project ProjectID
	Claim   ClaimID
	Says    string // the sentence as it is read
	Link    string // where its one act lands
	About   string // what it tells of: nobody is told the same twice
}
