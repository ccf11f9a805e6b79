package dev.heddle.site;

/**
 * A page of the site.
 *
 * @param group the part of the menu that it is in
 * @param path the path of its HTML file in the site
 * @param title the text of its first heading
 * @param html the content, without the frame
 */
record Page(String group, String path, String title, String html) {

  /** Returns the way from this page's folder to that of the site: empty, or {@code ../} once for each folder. */
  String toRoot() {
    return "../".repeat((int) path.chars().filter(c -> c == '/').count());
  }

  /** Returns the words of the content, for the search. */
  String text() {
    return html.replaceAll("(?s)<style.*?</style>|<[^>]+>", " ").replace("&lt;", "<").replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&").replaceAll("\\s+", " ").strip();
  }
}
