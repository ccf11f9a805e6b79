/**
 * The image pipeline: flags are downloaded as SVG, rendered, resized to several widths and uploaded, each in a stage of its own.
 *
 * <p>Origin: the pipeline of download, resize and upload in "Effective Python", item 39, with real pictures.
 */
@NullMarked
package dev.heddle.images;

import org.jspecify.annotations.NullMarked;
