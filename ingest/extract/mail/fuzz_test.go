package mail

import "testing"

// FuzzEnvelopes takes apart what is no envelope.
func FuzzEnvelopes(f *testing.F) {
	f.Add([]byte("\x78\x9f\x3e\x22\x01\x00\x02\x05\x90\x06\x00\x10\x00\x00\x00\x01\x00\x00\x00\x1f\x00\x07\x37\x01\x00\x00\x00\x04\x00\x00\x00a\x00b\x00\x00\x00"))
	f.Add([]byte("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80\x06\x01\x01\xa0\x80\x24\x80\x04\x01a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte("begin 644 a.txt\n#86%A\n`\nend\n"))
	f.Add([]byte("BEGIN:VEVENT\nDTSTART:20250101\nSUMMARY:a\\,b\nEND:VEVENT\n"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		readTNEF(data)
		readTNEF(append([]byte("\x78\x9f\x3e\x22\x01\x00"), data...))
		properties(data, func(_ uint16, value []byte, wide bool) { propertyText(value, wide) })
		unwrapped(data)
		cutUuencoded(string(data))
		unquoted(data)
		unbase64(data)
		for _, event := range eventsIn(string(data)) {
			spanOf(event["DTSTART"], event["DTEND"])
		}
	})
}
