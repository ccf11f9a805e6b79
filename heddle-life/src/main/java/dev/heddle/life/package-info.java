/**
 * Conway's Game of Life as coroutines: {@link dev.heddle.life.Rule} asks for cells and tells what becomes of them, {@link
 * dev.heddle.life.Grid} holds cells, and {@link dev.heddle.life.Life} lets the one talk to the other.
 *
 * <p>Origin: "The Game of Life" in "Effective Python", item 40.
 */
@NullMarked
package dev.heddle.life;

import org.jspecify.annotations.NullMarked;
