/** Rendering of SVG documents, and resizing of images. */
@NullMarked
package dev.heddle.images.render;

import org.jspecify.annotations.NullMarked;
