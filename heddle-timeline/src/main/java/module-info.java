/** Timelines: spans of work on named lanes, recorded and formatted as text, SVG, HTML and Chrome trace. */
module dev.heddle.timeline {
  requires static transitive org.jspecify;
  requires dev.heddle.base;

  exports dev.heddle.timeline;
}
