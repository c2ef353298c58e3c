/**
 * Sessions: opened by a login, kept alive by refresh tokens that are exchanged at each use, closed for a reason. Knows
 * accounts only by their rows.
 */
@NullMarked
package io.llmplatform.command.session;

import org.jspecify.annotations.NullMarked;
