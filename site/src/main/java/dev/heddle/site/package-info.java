/** The generator of the documentation site: pages of docs/ and of the cookbook as HTML, with a menu and a search. */
@NullMarked
package dev.heddle.site;

import org.jspecify.annotations.NullMarked;
