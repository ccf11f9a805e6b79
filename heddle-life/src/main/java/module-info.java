/** Conway's Game of Life, in which the rule, the grid and what drives them know nothing of each other. */
module dev.heddle.life {
  requires static transitive org.jspecify;
  requires transitive dev.heddle.iter;

  exports dev.heddle.life;

  // So that the coroutines are compiled.
  opens dev.heddle.life to dev.heddle.iter;
}
