/** Who ran when: spans of work, recorded and shown as text, SVG, HTML and Chrome trace. */
module dev.heddle.timeline {
  requires static transitive org.jspecify;

  exports dev.heddle.timeline;
}
