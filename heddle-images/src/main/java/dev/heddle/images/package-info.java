/**
 * The image pipeline: flags are downloaded as SVG, rendered, resized to several widths and uploaded, each in its own stage.
 *
 * <p>Origin: the pipeline of download, resize and upload in "Effective Python", item 39.
 */
@NullMarked
package dev.heddle.images;

import org.jspecify.annotations.NullMarked;
