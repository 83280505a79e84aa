// Package progress shows people at a terminal how far long work is.
package progress
