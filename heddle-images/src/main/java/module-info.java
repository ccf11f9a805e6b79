/** The image pipeline: flags are downloaded, rendered, resized and uploaded, each in its own stage. */
module dev.heddle.images {
  requires static transitive org.jspecify;
  requires transitive dev.heddle.flags;
  requires transitive dev.heddle.queue;
  requires com.github.weisj.jsvg;
  requires dev.heddle.base;
  requires dev.heddle.futures;
  requires dev.heddle.process;
  requires java.desktop;
  requires java.logging;
  requires java.xml;
  requires java.net.http;
  requires net.coobird.thumbnailator;

  exports dev.heddle.images;
}
