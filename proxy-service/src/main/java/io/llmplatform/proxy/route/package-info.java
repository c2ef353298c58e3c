/** From the name of a model to the deployment that serves this attempt. Pure functions over the configuration. */
@NullMarked
package io.llmplatform.proxy.route;

import org.jspecify.annotations.NullMarked;
