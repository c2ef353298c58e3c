/** Users, API keys and models as files, in the form that an import takes. */
@NullMarked
package io.llmplatform.query.export;

import org.jspecify.annotations.NullMarked;
