/** Random bodies on both engines. */
package dev.heddle.iter.fuzz;
