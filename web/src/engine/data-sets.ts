/** The data sets that lie beside the page; the command line has others. */
export const dataSets: readonly string[] = ['mnist', 'fashion-mnist'];
