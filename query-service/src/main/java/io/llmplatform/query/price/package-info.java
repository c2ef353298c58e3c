/** Price books as lists of versions. */
@NullMarked
package io.llmplatform.query.price;

import org.jspecify.annotations.NullMarked;
