/** Search documents that tell who changed what, from which values to which. */
@NullMarked
package io.llmplatform.projections.audit;

import org.jspecify.annotations.NullMarked;
