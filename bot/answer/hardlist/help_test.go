package hardlist

import "testing"

func loaded(t testing.TB) *List {
	t.Helper()
	list, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return list
}
