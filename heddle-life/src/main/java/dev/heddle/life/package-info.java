/**
 * Conway's Game of Life as coroutines: {@link dev.heddle.life.Rule} queries cells and yields transitions, {@link
 * dev.heddle.life.Grid} stores cells, and {@link dev.heddle.life.Life} drives the rule on a grid.
 *
 * <p>Origin: "The Game of Life" in "Effective Python", item 40.
 */
@NullMarked
package dev.heddle.life;

import org.jspecify.annotations.NullMarked;
