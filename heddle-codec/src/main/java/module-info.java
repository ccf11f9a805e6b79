/**
 * Tasks, results and failures as bytes and back, for engines whose workers are other JVMs. Not an API: exported to those
 * engines alone, and free to change in any release.
 */
@SuppressWarnings("module") // this module does not see those it exports to, which are built on it
module dev.heddle.codec {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.futures;

  exports dev.heddle.codec to
      dev.heddle.cluster,
      dev.heddle.process;
}
