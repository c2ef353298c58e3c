/** Statements in files. */
@NullMarked
package io.llmplatform.query.sql;

import org.jspecify.annotations.NullMarked;
