/** The cookbook: a runnable recipe for each thing that Heddle does. */
module dev.heddle.cookbook {
  requires static transitive org.jspecify;
  requires dev.heddle.flags;
  requires dev.heddle.futures;

  exports dev.heddle.cookbook;
}
