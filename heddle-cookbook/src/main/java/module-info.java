/** The cookbook: a runnable recipe for each thing that Heddle does. */
module dev.heddle.cookbook {
  requires static transitive org.jspecify;
  requires dev.heddle.flags;
  requires dev.heddle.futures;
  requires dev.heddle.iter;
  requires dev.heddle.life;
  requires dev.heddle.timeline;

  exports dev.heddle.cookbook;

  // So that generators in recipes are compiled.
  opens dev.heddle.cookbook to dev.heddle.iter;
}
