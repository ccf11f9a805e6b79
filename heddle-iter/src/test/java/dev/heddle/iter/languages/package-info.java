/** Bodies written by other compilers than javac, compiled when the tests run. */
package dev.heddle.iter.languages;
