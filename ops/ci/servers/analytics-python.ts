import { builtProgram } from './built-program';

/** Returns the path of a Python with DuckDB and pandas. @throws Error that says how to install it, if it is missing. */
export const analyticsPython = (): Promise<string> => builtProgram('analytics-python');
