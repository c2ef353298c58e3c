/**
 * Many creations in one request. A row is sent through the very operation that creates one such thing, so that an import
 * can do nothing else, and checks nothing otherwise, than a person who creates them one by one.
 */
@NullMarked
package io.llmplatform.command.bulk;

import org.jspecify.annotations.NullMarked;
