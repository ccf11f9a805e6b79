/** Utilities shared by Heddle's own modules. Not an API: exported to them alone, and free to change in any release. */
@SuppressWarnings("module") // this module does not see those it exports to, which are built on it
module dev.heddle.base {
  requires static transitive org.jspecify;
  requires java.management;

  exports dev.heddle.base to
      dev.heddle.asyncio,
      dev.heddle.cluster,
      dev.heddle.codec,
      dev.heddle.dispatch,
      dev.heddle.flags,
      dev.heddle.futures,
      dev.heddle.images,
      dev.heddle.iter,
      dev.heddle.micrometer,
      dev.heddle.process,
      dev.heddle.queue,
      dev.heddle.subprocess,
      dev.heddle.testkit,
      dev.heddle.timeline;
  exports dev.heddle.base.files to
      dev.heddle.cluster,
      dev.heddle.flags,
      dev.heddle.images,
      dev.heddle.process,
      dev.heddle.subprocess,
      dev.heddle.timeline;
  exports dev.heddle.base.process to
      dev.heddle.asyncio,
      dev.heddle.process,
      dev.heddle.subprocess;
}
