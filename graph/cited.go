package graph

// CitedDocument is a text that an event's text cites: 《关于…的意见》（豫政办〔2019〕5号）.
type CitedDocument struct {
	// Title is the full title without the outer 《》, "" where the text gives only a number.
	Title string `cbor:"1,keyasint,omitempty"`
	// ShortTitle is how the text goes on to call it (《建议》), "" where it does not.
	ShortTitle string `cbor:"2,keyasint,omitempty"`
	// Number is the document's number as written, without brackets around it: 豫政办〔2019〕5号, 国务院令第591号; "" for none.
	Number   string     `cbor:"3,keyasint,omitempty"`
	Evidence []Evidence `cbor:"4,keyasint"`
}
