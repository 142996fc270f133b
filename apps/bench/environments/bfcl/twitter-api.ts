import { memberName, type PyObject } from '../recorded/python-json.ts'
import { type ApiFactory, error, member, stateFrom, typed } from './api.ts'

type Input = {
  username: string
  password: string
  content: string
  tags?: string[]
  mentions?: string[]
  tweet_id: number
  comment_content: string
  mentioned_usernames: string[]
  username_to_follow: string
  username_to_unfollow: string
  keyword: string
}
type Tweet = PyObject & { id: number; username: string; content: string; tags: string[]; mentions: string[] }
type TwitterState = PyObject & {
  username: string
  password: string
  authenticated: boolean
  tweets: Record<string, Tweet>
  comments: Record<string, PyObject[]>
  retweets: Record<string, number[]>
  following_list: string[]
  tweet_counter: number
}
const DEFAULTS: TwitterState = {
  username: 'john',
  password: 'john1234',
  authenticated: false,
  tweets: {},
  comments: {},
  retweets: {},
  following_list: ['alice', 'bob'],
  tweet_counter: 0,
}

/** Tweets of one user, who may answer and repeat everybody's. */
export const twitterApi: ApiFactory = (config) => {
  const state = stateFrom<TwitterState>(DEFAULTS, config)
  const key = (id: number) => memberName(String(id))
  const tweets = () => Object.values(state.tweets)
  const loggedOut = () => error('User not authenticated. Please log in first.')
  const missing = (id: number) => error(`Tweet with ID ${id} not found.`)
  const tools = typed<Input>({
    authenticate_twitter({ username, password }) {
      // One that fails leaves an earlier one as it was.
      const authentication_status = username === state.username && password === state.password
      state.authenticated ||= authentication_status
      return { authentication_status }
    },
    posting_get_login_status: () => ({ login_status: state.authenticated }),
    post_tweet({ content, tags = [], mentions = [] }) {
      if (!state.authenticated) return loggedOut()
      const tweet = { id: state.tweet_counter++, username: state.username, content, tags, mentions }
      state.tweets[key(tweet.id)] = tweet
      return tweet
    },
    retweet({ tweet_id }) {
      if (!state.authenticated) return loggedOut()
      if (!state.tweets[key(tweet_id)]) return missing(tweet_id)
      state.retweets[state.username] ??= []
      const own = state.retweets[state.username] as number[]
      if (own.includes(tweet_id)) return { retweet_status: 'Already retweeted' }
      own.push(tweet_id)
      return { retweet_status: 'Successfully retweeted' }
    },
    comment({ tweet_id, comment_content }) {
      if (!state.authenticated) return loggedOut()
      if (!state.tweets[key(tweet_id)]) return missing(tweet_id)
      state.comments[key(tweet_id)] ??= []
      state.comments[key(tweet_id)]?.push({ username: state.username, comment: comment_content })
      return { comment_status: 'Comment added successfully' }
    },
    mention({ tweet_id, mentioned_usernames }) {
      const tweet = state.tweets[key(tweet_id)]
      if (!tweet) return missing(tweet_id)
      tweet.mentions.push(...mentioned_usernames)
      return { mention_status: 'Users mentioned successfully' }
    },
    follow_user({ username_to_follow }) {
      if (!state.authenticated) return loggedOut()
      if (state.following_list.includes(username_to_follow)) return { follow_status: false }
      state.following_list.push(username_to_follow)
      return { follow_status: true }
    },
    unfollow_user({ username_to_unfollow }) {
      if (!state.authenticated) return loggedOut()
      const at = state.following_list.indexOf(username_to_unfollow)
      if (at >= 0) state.following_list.splice(at, 1)
      return { unfollow_status: at >= 0 }
    },
    list_all_following: () => (state.authenticated ? { following_list: state.following_list } : loggedOut()),
    get_tweet: ({ tweet_id }) => state.tweets[key(tweet_id)] ?? missing(tweet_id),
    get_user_tweets: ({ username }) => ({
      user_tweets: tweets().filter((tweet) => tweet.username === username),
    }),
    search_tweets({ keyword }) {
      const wanted = keyword.toLowerCase()
      const matching_tweets = tweets().filter(({ content, tags }) =>
        [content, ...tags].some((text) => text.toLowerCase().includes(wanted)),
      )
      return { matching_tweets }
    },
    get_tweet_comments: ({ tweet_id }) =>
      state.tweets[key(tweet_id)] ? { comments: state.comments[key(tweet_id)] ?? [] } : missing(tweet_id),
    get_user_stats: ({ username }) => ({
      tweet_count: tweets().filter((tweet) => tweet.username === username).length,
      following_count: username === state.username ? state.following_list.length : 0,
      retweet_count: member(state.retweets, username)?.length ?? 0,
    }),
  })
  return { state, tools }
}
