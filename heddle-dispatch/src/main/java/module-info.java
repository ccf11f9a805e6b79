/**
 * The dispatcher of engines whose workers are elsewhere: worker processes today, members of a cluster later. Not an API:
 * exported to those engines alone, and free to change in any release.
 */
@SuppressWarnings("module") // this module does not see those it exports to, which are built on it
module dev.heddle.dispatch {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.timeline;

  exports dev.heddle.dispatch to
      dev.heddle.cluster,
      dev.heddle.process;
}
