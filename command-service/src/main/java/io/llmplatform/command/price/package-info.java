/** Price books: what a model costs from when on, in versions that are added and corrected and never changed. */
@NullMarked
package io.llmplatform.command.price;

import org.jspecify.annotations.NullMarked;
