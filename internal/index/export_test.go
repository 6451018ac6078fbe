package index

// PackNow lays everybody out anew, however little has changed.
func (x *Index) PackNow() {
	x.settled.Store(false)
	x.Pack()
}
