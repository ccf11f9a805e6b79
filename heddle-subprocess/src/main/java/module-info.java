/** Child processes: run, start, and pipelines of them. */
module dev.heddle.subprocess {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires transitive dev.heddle.futures;
  requires jdk.jfr;

  exports dev.heddle.subprocess;
}
